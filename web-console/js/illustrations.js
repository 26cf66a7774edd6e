import { html, svg } from 'lit';
import { cardFace } from './card-art.js';
import { band, rosette } from './guilloche.js';

// The pictures on the customer screen. All are decoration: what they show is said in words beside
// them, so they are hidden from assistive technology.

const FIELD = rosette(500, 500, { from: 90, to: 480, waves: 12, swing: 26, rings: 15, steps: 360 });
const BLOOM = rosette(50, 50, { from: 12, to: 40, waves: 8, swing: 4, rings: 7, steps: 160 });
const NOTE_LINES = band(136, 36, { lines: 7, swing: 9, waves: 1.5, spread: 28, steps: 40 });

const picture = (box, name, content) =>
  html`<svg class="picture picture--${name}" viewBox=${box} aria-hidden="true" focusable="false">${content}</svg>`;

export const field = () => picture('0 0 1000 1000', 'field', svg`<path d=${FIELD} />`);

const plainCard = svg`<svg width="156" height="98" viewBox="0 0 344 216">${cardFace()}</svg>`;

/** A slot with something half out of it; `motion` says which way it goes. */
const slot = (name, motion, thing) =>
  picture('0 0 200 200', name, svg`
    <clipPath id="below-${name}"><rect x="0" y="38" width="200" height="200" /></clipPath>
    <rect class="slot__lip" x="16" y="22" width="168" height="16" rx="8" />
    <g clip-path="url(#below-${name})"><g class="motion motion--${motion}">${thing}</g></g>
    <rect class="slot__mouth" x="30" y="34" width="140" height="5" rx="2.5" />`);

const uprightCard = svg`<g class="card card--5" transform="translate(149 30) rotate(90)">${plainCard}</g>`;
const note = (y, tone) => svg`
  <g transform="translate(32 ${y})">
    <rect class="note-sheet note-sheet--${tone}" width="136" height="72" rx="5" />
    <path class="note-lines" d=${NOTE_LINES} />
    <circle class="note-mark" cx="102" cy="36" r="17" />
  </g>`;
const paper = svg`
  <g transform="translate(52 30) scale(1.26)">
    <path class="paper-sheet" d="M0 0h76v110l-6.3-6-6.4 6-6.3-6-6.4 6-6.3-6-6.3 6-6.4-6-6.3 6-6.3-6-6.4 6-6.3-6-6.3 6z" />
    <path class="paper-lines" d="M14 22h48M14 36h30M14 50h48M14 64h38M14 78h20" />
  </g>`;


/** A large card, on its way to where the slot is. */
export const invitation = () =>
  picture('0 0 344 216', 'invitation card card--5', svg`${cardFace()}<path class="card__sheen" d="M-60 216L40 0h46L-14 216z" />`);

export const cardHeld = () => slot('card-held', 'held', uprightCard);
export const cardOut = () => slot('card-out', 'out', uprightCard);
export const cashOut = () => slot('cash-out', 'out', svg`${note(30, 3)}${note(56, 2)}${note(82, 1)}`);
export const cashIn = () => slot('cash-in', 'in', svg`${note(30, 3)}${note(56, 2)}${note(82, 1)}`);
export const receiptOut = () => slot('receipt-out', 'out', paper);

/** A quiet sign that work goes on: the rosette of the notes, turning. */
export const bloom = () => picture('0 0 100 100', 'bloom', svg`<path d=${BLOOM} />`);

const SIGNS = {
  info: svg`<path d="M50 45v24" /><path d="M50 31.5v.01" />`,
  success: svg`<path d="M32 51l13 13 24-27" />`,
  warning: svg`<path d="M50 30v24" /><path d="M50 68.5v.01" />`,
  error: svg`<path d="M37 37l26 26M63 37L37 63" />`,
};

/** The sign of a message, by its severity. */
export const sign = (severity) =>
  picture('0 0 100 100', 'sign', svg`<circle cx="50" cy="50" r="44" />${SIGNS[severity] ?? SIGNS.info}`);

/** A shutter that is down: the machine is closed. */
export const shutter = () =>
  picture('0 0 120 100', 'shutter', svg`
    <rect class="shutter__frame" x="10" y="10" width="100" height="80" rx="12" />
    <path class="shutter__slats" d="M10 30h100M10 46h100M10 62h100" />
    <rect class="shutter__handle" x="46" y="72" width="28" height="6" rx="3" />`);
