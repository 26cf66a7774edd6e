// The fine engraved lines of banknotes and cards, as SVG path data. They are the one ornament of
// this design: the same two curves draw the idle screen, the cards and every note.

const round = (n) => Math.round(n * 10) / 10;

const closed = (points) => `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`;

/** A rosette: `rings` closed waves around a centre, each turned a little against the last. */
export function rosette(cx, cy, { from, to, waves, swing, rings, steps = 180 }) {
  return Array.from({ length: rings }, (_, ring) => {
    const t = rings === 1 ? 0 : ring / (rings - 1);
    const radius = from + (to - from) * t;
    const phase = t * Math.PI * 2;
    return closed(
      Array.from({ length: steps }, (_, step) => {
        const angle = (step / steps) * Math.PI * 2;
        const r = radius + Math.sin(angle * waves + phase) * swing;
        return [cx + Math.cos(angle) * r, cy + Math.sin(angle) * r];
      }),
    );
  }).join('');
}

/** A band: `lines` open waves across a width, their phases running apart and together again. */
export function band(width, y, { lines, swing, waves, spread, steps = 60 }) {
  return Array.from({ length: lines }, (_, line) => {
    const t = lines === 1 ? 0 : line / (lines - 1);
    const points = Array.from({ length: steps + 1 }, (_, step) => {
      const u = step / steps;
      const lift = Math.sin(u * waves * Math.PI * 2 + t * Math.PI) * swing;
      const twist = Math.cos(u * waves * Math.PI + t * Math.PI * 2) * swing * 0.45;
      return `${round(u * width)} ${round(y + (t - 0.5) * spread + lift + twist)}`;
    });
    return `M${points.join('L')}`;
  }).join('');
}
