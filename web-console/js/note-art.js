import { html, svg } from 'lit';
import { band, rosette } from './guilloche.js';
import { flawOf, printedOn } from './papers.js';

// Banknotes of no country: a tint, an engraving and a figure for each denomination. Drawn once as
// symbols; every note that lies in the tray is a reference to one, with its own number.

const MOTIFS = {
  5: { waves: 5, rings: 8, swing: 5 },
  10: { waves: 6, rings: 9, swing: 7 },
  20: { waves: 8, rings: 9, swing: 5 },
  50: { waves: 10, rings: 10, swing: 4 },
  100: { waves: 12, rings: 10, swing: 4 },
  200: { waves: 7, rings: 12, swing: 6 },
  500: { waves: 16, rings: 11, swing: 3 },
};
const PLAIN = { waves: 9, rings: 8, swing: 4 };

const symbol = (note) => {
  const [value, currency = ''] = note.split(' ');
  const { waves, rings, swing } = MOTIFS[value] ?? PLAIN;
  const seal = rosette(196, 68, { from: 10, to: 46, waves, swing, rings, steps: 200 });
  const sheet = band(260, 72, { lines: 14, swing: 16 + swing * 2, waves: waves / 5, spread: 120, steps: 50 });
  return svg`<symbol id=${symbolId(note)} viewBox="0 0 260 136">
    <rect class="banknote__sheet" x="0.5" y="0.5" width="259" height="135" rx="6" />
    <rect class="banknote__wash" x="120" y="0.5" width="139.5" height="135" rx="6" />
    <path class="banknote__lines" d=${sheet} />
    <path class="banknote__seal" d=${seal} />
    <circle class="banknote__eye" cx="196" cy="68" r="9" />
    <rect class="banknote__thread" x="112" y="0.5" width="7" height="135" />
    <rect class="banknote__frame" x="7" y="7" width="246" height="122" rx="3" />
    <text class="banknote__value" x="18" y="50">${value}</text>
    <text class="banknote__currency" x="19" y="66">${currency}</text>
    <text class="banknote__corner" x="245" y="122" text-anchor="end">${value}</text>
  </symbol>`;
};

const symbolId = (note) => `note-${note.replace(/\W+/g, '-')}`;

/** The symbols for all denominations in `notes`; has to stand in the page once. */
export const noteSymbols = (notes) =>
  html`<svg class="note-symbols" aria-hidden="true" focusable="false">
    ${notes.map((note) => svg`<g class="note--${note.split(' ')[0]}">${symbol(note)}</g>`)}
  </svg>`;

/** One note, by `{id, note}`; without an id it has no number. */
export const banknote = ({ id, note }) =>
  html`<svg class="banknote note--${note.split(' ')[0]}" viewBox="0 0 260 136" aria-hidden="true" focusable="false">
    <use href="#${symbolId(note)}" />
    ${id === undefined ? '' : svg`<text class="banknote__number" x="18" y="122">${String(id).padStart(6, '0')}</text>`}
  </svg>`;

/** What a hand holds: a note, or something that only looks like one. */
export const drawn = (paper, id) =>
  html`<span class="paper-note ${flawOf(paper) ? `is-${flawOf(paper)}` : ''}">${banknote({ id, note: printedOn(paper) })}</span>`;
