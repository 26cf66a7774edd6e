// Text as large as its place lets it be. Style sheets give each text a least size, at which letters
// can be read from where a customer stands, and a wish above it; `--text`, `--choice` and `--title`,
// from 0 to 1, say how much of the wish is granted. Text comes before titles, and what stands beside
// the keys, which is short, does not wait for what has to be read.

// With the wish of screen.css these are 35, 25, 15 and 7 hundredths above the least.
const STEPS = [1, 0.72, 0.43, 0.2, 0];

/** Grants as much as fits into the `face`, whose parts must not overflow. */
export function fit(face) {
  const set = (name, value) => face.style.setProperty(name, value);
  const main = face.querySelector('.main');
  const readable = () => main.scrollHeight <= main.clientHeight && main.scrollWidth <= main.clientWidth;
  const options = [...face.querySelectorAll('.option')];
  // By its lines: the room that a font has for accents above and below them may go beyond the edge.
  const choosable = () =>
    options.every((it) => it.firstElementChild.offsetHeight <= it.clientHeight && it.scrollWidth <= it.clientWidth);
  set('--text', 0);
  set('--choice', 0);
  // Only who chose larger text wishes for more than the least; a title stands out from it, if it can.
  if (face.closest('.is-large')) {
    largest((step) => (set('--choice', step), choosable()));
    const grown = (title) => (set('--title', title), largest((step) => (set('--text', step), readable())));
    if (grown(STEPS.at(-2)) === null) grown(0);
  }
  largest((step) => (set('--title', step), readable()));
}

/** The largest step at which `fits` holds, null where none does. */
export const largest = (fits) => STEPS.find((step) => fits(step)) ?? null;
