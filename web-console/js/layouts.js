import { html } from 'lit';
import * as pictures from './illustrations.js';
import './time-left.js';
import { vars } from './vars.js';

// How each screen is laid out. Only looks are decided here: which words are shown, and which
// options there are, is in the model.
//
//   scene    something to do with the hands: words on one side, a picture on the other
//   notice   something to know: a sign and words in the middle
//   choice   options down both sides, the question above
//   form     something to enter or to check, options beside it

const SCENES = {
  idle: pictures.cardIn,
  'reading-card': pictures.cardHeld,
  'take-card': pictures.cardOut,
  'take-cash': pictures.cashOut,
  'insert-cash': pictures.cashOut,
  'take-receipt': pictures.receiptOut,
};
const NOTICES = {
  starting: () => pictures.bloom(),
  processing: () => pictures.bloom(),
  'count-cash': () => pictures.bloom(),
  'out-of-service': () => pictures.shutter(),
  message: (model) => pictures.sign(model.severity),
  goodbye: () => pictures.sign('success'),
};
const CHOICES = ['menu', 'fast-cash', 'language'];

export function layoutOf({ screen }) {
  if (SCENES[screen]) return 'scene';
  if (NOTICES[screen]) return 'notice';
  return CHOICES.includes(screen) ? 'choice' : 'form';
}

/** What stands in the middle of a screen, apart from its title and its options. */
export function stage(model) {
  switch (layoutOf(model)) {
    case 'scene':
      return html`<div class="scene__picture">
        ${model.remainingMs > 0 ? html`<time-left ring .model=${model}></time-left>` : ''}
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
  if (entry) return html`<div class="entry">${figure(entry.text ?? '')}<span class="caret" aria-hidden="true"></span></div>`;
  if (screen === 'receipt-choice') return html`<div class="form__picture">${pictures.receiptOut()}</div>`;
  return '';
}

/** A PIN, of which the page knows only how long it is. Four places are drawn for a start. */
function dots(count) {
  const places = Math.max(4, Math.min(12, count));
  return html`<div class="dots" aria-hidden="true">
    ${Array.from({ length: places }, (_, place) => html`<i class=${place < count ? 'is-set' : ''}></i>`)}
  </div>`;
}

// "60 EUR", "1,250.00 EUR", "€ 60": a line that is nothing but an amount is set as a figure.
const AMOUNT = /^(?:[A-Z]{3}|[€$£¥])?\s?-?[\d.,'\u00a0\u202f ]*\d\s?(?:[A-Z]{3}|[€$£¥])?$/;
// "2 × 50 EUR": so many notes of a kind.
const NOTES = /^(\d{1,3})\s*[×x]\s*(\d{1,5})\s?([A-Z]{3}|€)$/;

/** A line of the body: an amount, a number of notes, or a sentence. */
export function line(text) {
  const notes = NOTES.exec(text);
  if (notes) return html`<p class="note-count note-count--${notes[2]}"><span>${text}</span></p>`;
  return AMOUNT.test(text) ? figure(text) : html`<p>${text}</p>`;
}

/** An amount, as large as its length lets it be. */
const figure = (text) =>
  html`<p class="figure" ${vars({ '--chars': Math.max(6, text.length) })}>${text}</p>`;
