// Text as large as its place lets it be. Style sheets give each text a least size, at which letters
// can be read from where a customer stands, and a wish above it; `--text` and `--title`, from 0 to
// 1, say how much of the wish is granted. Text comes before titles.

const STEPS = [1, 0.75, 0.5, 0.25, 0];

/** Grants as much as fits into the `face`, whose parts in `parts` must not overflow. */
export function fit(face, parts = '.main, .option') {
  const boxes = [...face.querySelectorAll(parts)];
  const set = (name, value) => face.style.setProperty(name, value);
  const fits = () => boxes.every((box) => box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth);
  set('--text', 0);
  // Only who chose larger text wishes for more than the least; a title stands out from it, if it can.
  if (face.closest('.is-large')) {
    const grown = (title) => (set('--title', title), largest((step) => (set('--text', step), fits())));
    if (grown(STEPS.at(-2)) === null) grown(0);
  }
  largest((step) => (set('--title', step), fits()));
}

/** The largest step at which `fits` holds, null where none does. */
export const largest = (fits) => STEPS.find((step) => fits(step)) ?? null;
