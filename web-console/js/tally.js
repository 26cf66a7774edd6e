// Where every banknote is, by the simulator's own count. A note is one object in exactly one
// place, so for each denomination: loaded = the sum over all places.

const PLACES = ['cassettes', 'stacker', 'transport', 'tray', 'taken', 'reject', 'retract'];

/** One line a denomination, in cassette order: `{note, initial, places, sum, holds}`. */
export function tally(dispenser) {
  const lines = new Map();
  const line = (note) => {
    if (!lines.has(note)) {
      lines.set(note, { note, initial: 0, places: Object.fromEntries(PLACES.map((p) => [p, 0])) });
    }
    return lines.get(note);
  };
  for (const { note, initial, count } of dispenser.cassettes ?? []) {
    line(note).initial += initial;
    line(note).places.cassettes += count;
  }
  for (const place of ['stacker', 'transport', 'tray']) {
    for (const { note } of dispenser[place] ?? []) line(note).places[place] += 1;
  }
  for (const place of ['taken', 'reject', 'retract']) {
    for (const [note, count] of Object.entries(dispenser[place] ?? {})) line(note).places[place] += count;
  }
  return [...lines.values()].map((l) => {
    const sum = PLACES.reduce((total, place) => total + l.places[place], 0);
    return { ...l, sum, holds: sum === l.initial };
  });
}

/** The places of a line that hold something, for an equation without zeros: `[["cassettes", 997], …]`. */
export const occupied = (line) => PLACES.map((place) => [place, line.places[place]]).filter(([, count]) => count > 0);
