import { html, svg } from 'lit';

// The customer's screens as a graph. The screens are those the controller knows; the ways between
// them are those that it has really taken since it started, so the graph fills as it is used.

const WIDTH = 90;
const HEIGHT = 28;
const GAP_X = 16;
const GAP_Y = 22;
const EDGE = 6;
const ROWS = [
  ['starting', 'out-of-service', 'idle', 'language'],
  ['reading-card', 'login', 'pin', 'more-time'],
  ['account', 'menu', 'balance', 'statement'],
  ['fast-cash', 'amount', 'payee', 'insert-cash'],
  ['confirm', 'receipt-choice', 'processing', 'count-cash'],
  ['take-card', 'take-cash', 'take-receipt', 'message'],
  ['goodbye'],
];

/** The ways that were taken, and the path of the customer who is at the machine. */
export class Trail {
  #ways = new Map();
  #now = '';
  #session = null;
  path = [];

  /** What the controller has counted so far. */
  restart(ways) {
    this.#ways = new Map(ways.map(({ from, to, count }) => [`${from} ${to}`, count]));
    this.#now = '';
  }

  show({ screen, session }) {
    const before = this.#now;
    this.#now = screen;
    if (before && before !== screen) {
      const way = `${before} ${screen}`;
      this.#ways.set(way, (this.#ways.get(way) ?? 0) + 1);
    }
    if (session && session !== this.#session) {
      this.#session = session;
      this.path = before && before !== screen ? [before] : [];
    }
    if (this.path.at(-1) !== screen) this.path = [...this.path, screen].slice(-60);
  }

  get ways() {
    return [...this.#ways].map(([way, count]) => {
      const [from, to] = way.split(' ');
      return { from, to, count };
    });
  }

  has(from, to) {
    return this.path.some((screen, i) => screen === from && this.path[i + 1] === to);
  }
}

/** Where each screen stands: by the table above, and what that does not know below it. */
export function places(screens) {
  const known = new Set(ROWS.flat());
  const extra = screens.filter((name) => !known.has(name));
  const rows = ROWS.map((row) => row.filter((name) => screens.includes(name)));
  while (extra.length) {
    if (rows.at(-1).length === 4) rows.push([]);
    rows.at(-1).push(extra.shift());
  }
  const places = new Map();
  rows
    .filter((row) => row.length)
    .forEach((row, y) =>
      row.forEach((name, x) =>
        places.set(name, { x: EDGE + x * (WIDTH + GAP_X), y: EDGE + y * (HEIGHT + GAP_Y) }),
      ),
    );
  return places;
}

export function ways(screens, trail, current) {
  const at = places(screens);
  const width = 4 * (WIDTH + GAP_X) - GAP_X + 2 * EDGE;
  const height = Math.max(0, ...[...at.values()].map(({ y }) => y)) + HEIGHT + EDGE;
  const seen = trail.ways.filter(({ from, to }) => at.has(from) && at.has(to));
  // What this customer has walked is drawn over the rest.
  seen.sort((a, b) => trail.has(a.from, a.to) - trail.has(b.from, b.to));
  return html`<svg class="ways" viewBox="0 0 ${width} ${height}" role="img" aria-label="Screens, and the ways taken between them; now ${current ?? 'none'}">
      <defs>
        ${['way', 'walked'].map(
          (kind) =>
            svg`<marker id="tip-${kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="5.5" markerHeight="5.5" orient="auto-start-reverse"><path class="tip tip--${kind}" d="M0 0.5 8 4 0 7.5z"/></marker>`,
        )}
      </defs>
      ${seen.map(({ from, to, count }) => way(at.get(from), at.get(to), trail.has(from, to), `${from} to ${to}, ${count} times`))}
      ${[...at].map(([name, place]) => box(name, place, name === current, trail.path.includes(name)))}
    </svg>
    <p class="ways__path"><b>This customer</b> ${trail.path.join(' → ') || 'nobody yet'}</p>
    <p class="dock-note">Drawn are the ways this controller has really gone since it started: ${seen.length} so far.</p>`;
}

function box(name, { x, y }, now, walked) {
  return svg`<g class="ways__box ${now ? 'is-now' : ''} ${walked ? 'is-walked' : ''}">
    <rect x=${x} y=${y} width=${WIDTH} height=${HEIGHT} rx="9"/>
    <text x=${x + WIDTH / 2} y=${y + HEIGHT / 2 + 4}>${name.replaceAll('-', ' ')}</text>
  </g>`;
}

/** From edge to edge; a way and its way back stand a little apart. */
function way(a, b, walked, title) {
  return svg`<path class="way ${walked ? 'way--walked' : ''}" d=${line(a, b)} marker-end="url(#tip-${walked ? 'walked' : 'way'})"><title>${title}</title></path>`;
}

function line(a, b) {
  const down = Math.sign(b.y - a.y);
  const right = Math.sign(b.x - a.x);
  if (!down) {
    const from = { x: a.x + (right > 0 ? WIDTH : 0), y: a.y + HEIGHT / 2 - 5 * right };
    const to = { x: b.x + (right > 0 ? 0 : WIDTH), y: b.y + HEIGHT / 2 - 5 * right };
    const bend = Math.abs(b.x - a.x) > WIDTH + GAP_X ? -40 * right : 0;
    return `M${from.x} ${from.y} Q${(from.x + to.x) / 2} ${from.y + bend} ${to.x} ${to.y}`;
  }
  if (!right && Math.abs(b.y - a.y) > HEIGHT + GAP_Y) {
    // Past the boxes between them, down on the right and up on the left.
    const x = down > 0 ? a.x + WIDTH : a.x;
    const out = x + 18 * down;
    return `M${x} ${a.y + HEIGHT / 2} C${out} ${a.y + HEIGHT / 2 + 20 * down} ${out} ${b.y + HEIGHT / 2 - 20 * down} ${x} ${b.y + HEIGHT / 2}`;
  }
  const from = { x: a.x + WIDTH / 2 + 7 * down, y: a.y + (down > 0 ? HEIGHT : 0) };
  const to = { x: b.x + WIDTH / 2 + 7 * down, y: b.y + (down > 0 ? 0 : HEIGHT) };
  const middle = (from.y + to.y) / 2;
  return `M${from.x} ${from.y} C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`;
}
