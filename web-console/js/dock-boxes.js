// Machine and books side by side: which box holds what by the simulator's own count, and what the
// books say is in it.

import { tally } from './tally.js';

/** Notes at a place of a device, by denomination: a list of notes or cassettes, or counts. */
export function notesAt(place) {
  const notes = {};
  if (Array.isArray(place)) {
    for (const { note, count = 1 } of place) notes[note] = (notes[note] ?? 0) + count;
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

/** One clause for each box that holds something else than the books say. */
export function disagreements(state, books) {
  const dispenser = state['cash-dispenser'];
  if (!dispenser) return [];
  const moving = together(...['stacker', 'transport', 'tray'].map((place) => notesAt(dispenser[place])));
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
    .map((note) => `${box} holds ${machine[note] ?? 0} × ${note}, the books say ${books[note] ?? 0}`);
}

/** One clause for each denomination of which notes are missing, or too many. */
export function lost(state) {
  return tally(state['cash-dispenser'] ?? {})
    .filter(({ holds }) => !holds)
    .map(({ note, initial, sum }) => {
      const many = Math.abs(initial - sum);
      return `${many} × ${note} ${sum < initial ? 'missing' : 'too many'} of ${initial} loaded`;
    });
}
