// What a person may hold in the hand: notes as the simulator names them, "20 EUR", "10 EUR torn",
// "50 EUR counterfeit", "foreign".

const FOREIGN = '1000 ISK';

/** The note that is printed on a paper: that of "10 EUR torn" is "10 EUR". */
export const printedOn = (paper) => (paper === 'foreign' ? FOREIGN : paper.split(' ').slice(0, 2).join(' '));

/** What is the matter with it, in one word; empty for a good note. */
export const flawOf = (paper) => (paper === 'foreign' ? paper : paper.split(' ').slice(2).join(' '));

/** The same under a small picture of it, where there is no room for "counterfeit". */
export const labelOf = (paper) => (flawOf(paper) === 'counterfeit' ? 'forged' : flawOf(paper));

/** "2 × 20 EUR, 1 × foreign" */
export function inWords(papers) {
  const counts = new Map();
  for (const paper of papers) counts.set(paper, (counts.get(paper) ?? 0) + 1);
  return [...counts].map(([paper, count]) => `${count} × ${paper}`).join(', ');
}

/** A purse for a machine that takes these notes: one of each, and three that it should not take. */
export function papersFor(accepts) {
  const flawed = accepts[Math.min(1, accepts.length - 1)];
  const forged = accepts[Math.min(3, accepts.length - 1)];
  return [...accepts, `${flawed} torn`, `${forged} counterfeit`, 'foreign'];
}

/** A small tilt for each note, always the same one, as if it had fallen so. */
export const tilt = (id) => ((id * 47) % 11) - 5;
