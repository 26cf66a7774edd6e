// Machine and books side by side: which box holds what by the simulator's own count, and what the
// books say is in it.

import { tally } from './tally.js';

/** Notes at a place of a device, by denomination: a list of notes, cassettes or bins, or counts. */
export function notesAt(place) {
  const notes = {};
  if (Array.isArray(place)) {
    for (const { note, count = 1, notes: several } of place) {
      for (const [each, n] of Object.entries(several ?? { [note]: count })) notes[each] = (notes[each] ?? 0) + n;
    }
  } else {
    Object.assign(notes, place);
  }
  return notes;
}

/** What the books say accounts of a kind hold, by denomination. */
export function booked(books, kind, name = '') {
  const notes = {};
  for (const box of books?.boxes ?? []) {
    if (box.kind === kind && box.name.startsWith(name)) notes[box.note] = (notes[box.note] ?? 0) + box.count;
  }
  return notes;
}

export const together = (...places) => {
  const sum = {};
  for (const place of places) {
    for (const [note, count] of Object.entries(place)) sum[note] = (sum[note] ?? 0) + count;
  }
  return sum;
};

/** What of it is money: no counterfeits, nothing that is not a note of its name. */
export const money = (notes) => Object.fromEntries(Object.entries(notes).filter(([note]) => /^\d+ [A-Z]{3}$/.test(note)));

/** One clause for each box that holds something else than the books say. */
export const disagreements = (state, books) => [
  ...(state['cash-dispenser'] ? ofDispenser(state['cash-dispenser'], books) : []),
  ...(state['cash-acceptor'] ? ofAcceptor(state['cash-acceptor'], books) : []),
];

function ofAcceptor({ escrow, transport, bins, retract }, books) {
  return [
    ...differences('the escrow', money(together(notesAt(escrow), notesAt(transport))), booked(books, 'ESCROW')),
    ...differences('the deposit bins', money(notesAt(bins)), booked(books, 'DEPOSIT')),
    ...differences("the acceptor's retract bin", money(notesAt(retract)), booked(books, 'DEPOSIT_RETRACT')),
  ];
}

function ofDispenser(dispenser, books) {
  // Where there is no shutter, notes in the tray are the customer's as soon as they lie there.
  const within = dispenser.shutter === 'none' ? ['stacker', 'transport'] : ['stacker', 'transport', 'tray'];
  const moving = together(...within.map((place) => notesAt(dispenser[place])));
  return [
    ...dispenser.cassettes.flatMap(({ id, note, count }) =>
      differences(`cassette ${id}`, { [note]: count }, booked(books, 'CASSETTE', `cassette:${id}`)),
    ),
    ...differences('stacker, transport and slot', moving, booked(books, 'TRANSIT')),
    ...differences('the reject bin', notesAt(dispenser.reject), booked(books, 'REJECT')),
    ...differences('the retract bin', notesAt(dispenser.retract), booked(books, 'RETRACT')),
  ];
}

function differences(box, machine, books) {
  const notes = [...new Set([...Object.keys(machine), ...Object.keys(books)])].sort();
  return notes
    .filter((note) => (machine[note] ?? 0) !== (books[note] ?? 0))
    .map((note) => `${box}: ${machine[note] ?? 0} × ${note} in the machine, ${books[note] ?? 0} in the books`);
}

const INSIDE = ['slot', 'transport', 'escrow', 'bins', 'suspect', 'retract', 'returned', 'refused', 'emptied'];

/** One clause for each denomination of which notes are missing, or too many. */
export const lost = (state) => [
  ...tally(state['cash-dispenser'] ?? {})
    .filter(({ holds }) => !holds)
    .map(({ note, initial, sum }) => clause(note, initial, sum, 'loaded')),
  ...inserted(state['cash-acceptor'])
    .filter(({ holds }) => !holds)
    .map(({ note, initial, sum }) => clause(note, initial, sum, 'inserted')),
];

/** For each word of the acceptor: what was ever put in, and what of it is anywhere. */
export function inserted(acceptor) {
  if (!acceptor) return [];
  const sums = together(...INSIDE.map((place) => notesAt(acceptor[place])));
  const put = notesAt(acceptor.inserted);
  return [...new Set([...Object.keys(put), ...Object.keys(sums)])].map((note) => {
    const [initial, sum] = [put[note] ?? 0, sums[note] ?? 0];
    return { note, initial, sum, holds: initial === sum };
  });
}

const clause = (note, initial, sum, how) =>
  `${Math.abs(initial - sum)} × ${note} ${sum < initial ? 'missing' : 'too many'} of ${initial} ${how}`;
