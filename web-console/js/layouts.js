import { html } from 'lit';
import * as pictures from './illustrations.js';
import { banknote, noteSymbols } from './note-art.js';
import './time-left.js';
import { vars } from './vars.js';

// How each screen is laid out. Only looks are decided here: which words are shown, and which
// options there are, is in the model.
//
//   scene    something to do with the hands: words on one side, a picture on the other
//   notice   something to know: a sign and words in the middle
//   split    options down the right from the top: the words stand on the left
//   choice   options down both sides, the question above
//   form     something to enter or to check, options below it

export const LEFT = ['F', 'G', 'H', 'I'];
export const RIGHT = ['A', 'B', 'C', 'D'];

const SCENES = {
  idle: pictures.invitation,
  'reading-card': pictures.cardHeld,
  'take-card': pictures.cardOut,
  'take-cash': pictures.cashOut,
  'insert-cash': pictures.cashOut,
  'take-receipt': pictures.receiptOut,
};
const NOTICES = {
  starting: pictures.bloom,
  processing: pictures.bloom,
  'count-cash': pictures.bloom,
  'out-of-service': pictures.shutter,
  message: ({ severity }) => pictures.sign(severity),
  goodbye: () => pictures.sign('success'),
};

/** The row, 1 to 4, of the highest option on one side; 5 when there is none. */
const highest = (model, side) =>
  Math.min(5, ...(model.options ?? []).map(({ fdk }) => side.indexOf(fdk) + 1).filter((row) => row > 0));

export function layoutOf(model) {
  if (SCENES[model.screen]) return 'scene';
  if (highest(model, RIGHT) <= 2 && highest(model, LEFT) >= 4) return 'split';
  if (NOTICES[model.screen]) return 'notice';
  return highest(model, RIGHT) <= 2 ? 'choice' : 'form';
}

/** What stands beside the words of a screen, apart from its options. */
export function stage(model) {
  switch (layoutOf(model)) {
    case 'scene':
      return html`<div class="scene__picture">
        ${model.screen === 'idle' ? '' : html`<time-left ring .model=${model}></time-left>`}
        ${SCENES[model.screen]()}
      </div>`;
    case 'notice':
      return NOTICES[model.screen](model);
    case 'form':
      return form(model);
    default:
      return '';
  }
}

function form(model) {
  const { entry, screen } = model;
  if (entry?.kind === 'pin') return dots(entry.count);
  if (entry) return html`<div class="entry">${figure(entry.text || '\u00a0')}<i class="caret"></i></div>`;
  if (screen === 'receipt-choice') return html`<div class="form__picture">${pictures.receiptOut()}</div>`;
  if (screen === 'more-time') return html`<div class="form__ring"><time-left ring .model=${model}></time-left></div>`;
  return screen === 'confirm' ? fan(model.body ?? []) : '';
}

/** A PIN, of which the page knows only how long it is. Four places are drawn for a start. */
function dots(count) {
  const places = Math.max(4, Math.min(12, count));
  return html`<div class="dots ${places > 6 ? 'is-many' : ''}" aria-hidden="true">
    ${Array.from({ length: places }, (_, place) => html`<i class=${place < count ? 'is-set' : ''}></i>`)}
  </div>`;
}

// "2 × €50", "2 × 50 €", "2 × 50 EUR": so many notes of a kind.
const NOTES = /(\d{1,3})\s*×\s*[^\d\s,;.]{0,3}\s*(\d{1,5})/g;
// The fan is a picture, not a count: past this many notes it is the same picture.
const FAN_MAX = 12;

/** The notes that a line speaks of, fanned out; nothing where it speaks of none. */
function fan(body) {
  const values = [...body.join('\n').matchAll(NOTES)].flatMap(([, count, value]) =>
    Array.from({ length: Math.min(FAN_MAX, Number(count)) }, () => value),
  );
  const notes = values.slice(0, FAN_MAX);
  return html`<div class="fan" aria-hidden="true" ${vars({ '--notes': notes.length })}>
    ${noteSymbols([...new Set(notes)])}
    ${notes.map((note, place) => html`<span ${vars({ '--place': place })}>${banknote({ note })}</span>`)}
  </div>`;
}

// "€60", "1.250,00 €", "60 EUR": a line that is nothing but an amount is set as a figure.
const AMOUNT = '(?:[A-Z]{3}|[€$£¥])?\\s?-?\\d[\\d.,\'\\u00a0\\u202f]*\\s?(?:[A-Z]{3}|[€$£¥])?';
const FIGURE = new RegExp(`^${AMOUNT}$`);
// "Available: €1,190": what it is on one side, how much on the other.
const PAIR = new RegExp(`^(.{1,40}):\\s(${AMOUNT})$`);

/** A line of the body: an amount, something and its amount, or a sentence. */
export function line(text) {
  if (FIGURE.test(text)) return figure(text);
  const pair = PAIR.exec(text);
  return pair ? html`<p class="pair"><span>${pair[1]}</span> <b>${pair[2]}</b></p>` : html`<p>${text}</p>`;
}

/** An amount, as large as its length lets it be. */
const figure = (text) => html`<p class="figure" ${vars({ '--chars': Math.max(6, text.length) })}>${text}</p>`;
