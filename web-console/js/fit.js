// Text as large as its place lets it be. Style sheets give each text a least size, at which letters
// can be read from where a customer stands, and a wish above it; `--text` and `--title`, from 0 to
// 1, say how much of the wish is granted. Text comes before titles.

const STEPS = [1, 0.75, 0.5, 0.25, 0];

/** Grants as much as fits into the `face`, whose parts in `parts` must not overflow. */
export function fit(face, parts = '.main, .option') {
  const boxes = [...face.querySelectorAll(parts)];
  const set = (name, value) => face.style.setProperty(name, value);
  const fits = () => boxes.every((box) => box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth);
  // A title is to stand out from larger text too, where that can be had.
  for (const title of [STEPS.at(-2), 0]) {
    set('--title', title);
    if (largest((step) => (set('--text', step), fits())) !== null) break;
  }
  largest((step) => (set('--title', step), fits()));
}

/** The largest step at which `fits` holds, null where none does. */
export const largest = (fits) => STEPS.find((step) => fits(step)) ?? null;
