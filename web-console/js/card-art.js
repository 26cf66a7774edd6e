import { svg } from 'lit';
import { band, rosette } from './guilloche.js';

// A bank card, drawn in a 344 × 216 box. One engraving serves all cards; the colours come from the
// class `card--N`, so that each customer's card is told apart at a glance.

const LINES = band(344, 122, { lines: 9, swing: 34, waves: 1.1, spread: 70 });
const SEAL = rosette(296, 46, { from: 6, to: 26, waves: 9, swing: 3, rings: 6, steps: 140 });

/** The face of a card, with whatever of `{holder, last4, expires}` is known. */
export const cardFace = ({ holder = '', last4 = '', expires = '' } = {}) => svg`
  <rect class="card__base" width="344" height="216" rx="16" />
  <path class="card__lines" d=${LINES} />
  <path class="card__lines card__lines--seal" d=${SEAL} />
  <text class="card__holder" x="26" y="44">${holder}</text>
  <g class="card__chip">
    <rect x="26" y="78" width="50" height="40" rx="8" />
    <path d="M26 92h17M26 104h17M59 92h17M59 104h17M43 78v40M59 78v40" />
  </g>
  ${last4 ? svg`<text class="card__number" x="26" y="184">•••• ${last4}</text>` : ''}
  <text class="card__number" x="318" y="184" text-anchor="end">${expires}</text>`;

/** The face of a card as a picture of its own. */
export const card = (details, colour) =>
  svg`<svg class="card card--${colour}" viewBox="0 0 344 216" aria-hidden="true" focusable="false">${cardFace(details)}</svg>`;

/** A colour, 1 to 4, by the card's place in the wallet. */
export const colourOf = (id, wallet) => (Math.max(0, wallet.findIndex((card) => card.id === id)) % 4) + 1;
