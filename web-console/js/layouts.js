import { html } from 'lit';
import * as pictures from './illustrations.js';
import { dots, entered, fan } from './pieces.js';
import './time-left.js';

// How each screen is laid out. Only looks are decided here: which words are shown, and which
// options there are, is in the model.
//
// The options stand where their keys are, so what is left for everything else is one of these
// areas:
//
//   all      no options
//   above    options in the lowest rows: everything else is above them
//   beside   options down one side: everything else is beside them
//   top      options down both sides: a line or two above them
//
// And what stands in the area is one of these kinds:
//
//   scene    something to do with the hands: words on one side, a picture on the other
//   notice   something to know: a sign and words
//   form     something to enter, to check or to choose

export const LEFT = ['F', 'G', 'H', 'I'];
export const RIGHT = ['A', 'B', 'C', 'D'];
const ROWS = 4;

const ringed = (picture) => (model) => html`<div class="ringed">
  <time-left ring .model=${model}></time-left>
  ${picture()}
</div>`;

const SCENES = {
  idle: () => html`<div class="invited">${pictures.invitation()}</div>`,
  'reading-card': ringed(pictures.cardHeld),
  'take-card': ringed(pictures.cardOut),
  'take-cash': ringed(pictures.cashOut),
  'insert-cash': ringed(pictures.cashIn),
  'take-receipt': ringed(pictures.receiptOut),
  'receipt-choice': () => html`<div class="ringed">${pictures.receiptOut()}</div>`,
  'more-time': (model) => html`<div class="ringed ringed--seconds"><time-left ring .model=${model}></time-left></div>`,
};
const NOTICES = {
  starting: pictures.bloom,
  processing: pictures.bloom,
  'out-of-service': pictures.shutter,
  message: ({ severity }) => pictures.sign(severity),
  goodbye: () => pictures.sign('success'),
};

/** The row, 1 to 4, of the highest option on one side; 5 when there is none. */
const highest = (model, side) =>
  Math.min(ROWS + 1, ...(model.options ?? []).map(({ fdk }) => side.indexOf(fdk) + 1).filter((row) => row > 0));

/** `{kind, area, side, rows}`: `rows` are free above the options of the other side, or of both. */
export function layoutOf(model) {
  const left = highest(model, LEFT);
  const right = highest(model, RIGHT);
  const kind = SCENES[model.screen] ? 'scene' : NOTICES[model.screen] ? 'notice' : 'form';
  const rows = Math.min(left, right) - 1;
  if (rows === ROWS) return { kind, area: 'all', rows };
  // Two rows or more are enough for everything above them, unless the other side is free altogether.
  const oneSided = Math.max(left, right) > ROWS;
  if (rows > 2 || (rows === 2 && !oneSided)) return { kind, area: 'above', rows };
  if (left > right && left > 2) return { kind, area: 'beside', side: 'right', rows: left - 1 };
  if (right > left && right > 2) return { kind, area: 'beside', side: 'left', rows: right - 1 };
  return { kind: 'form', area: 'top', rows: 0 };
}

/** What stands beside or below the words of a screen, apart from its options. */
export function stage(model, { kind, area }) {
  if (area === 'top') return '';
  if (kind === 'scene') return SCENES[model.screen](model);
  if (kind === 'notice') return NOTICES[model.screen](model);
  if (model.entry?.kind === 'pin') return dots(model.entry.count);
  if (model.entry) return entered(model.entry);
  return model.screen === 'confirm' ? fan(model.body ?? []) : '';
}
