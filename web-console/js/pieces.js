import { html } from 'lit';
import { banknote, noteSymbols } from './note-art.js';
import { vars } from './vars.js';

// The pieces that screens are made of: lines, amounts, what is being typed, notes.

/** A PIN, of which the page knows only how long it is. Four places are drawn for a start. */
export function dots(count) {
  const places = Math.max(4, Math.min(12, count));
  return html`<div class="dots ${places > 6 ? 'is-many' : ''}" aria-hidden="true">
    ${Array.from({ length: places }, (_, place) => html`<i class=${place < count ? 'is-set' : ''}></i>`)}
  </div>`;
}

/** What was typed so far, with a caret. Figures run left to right in every language. */
export const entered = ({ kind, text }) =>
  html`<div class="entry entry--${kind}" dir="ltr">${figure(text || '\u00a0')}<i class="caret"></i></div>`;

// "2 × €50", "2 × 50 €", "2 × 50 EUR": so many notes of a kind.
const NOTES = /(\d{1,3})\s*×\s*[^\d\s,;.]{0,3}\s*(\d{1,5})/g;
// The fan is a picture, not a count: past this many notes it is the same picture.
const FAN_MAX = 12;

/** The notes that a line speaks of, fanned out; nothing where it speaks of none. */
export function fan(body) {
  const values = [...body.join('\n').matchAll(NOTES)].flatMap(([, count, value]) =>
    Array.from({ length: Math.min(FAN_MAX, Number(count)) }, () => value),
  );
  const notes = values.slice(0, FAN_MAX);
  if (!notes.length) return '';
  return html`<div class="fan" aria-hidden="true" ${vars({ '--notes': notes.length })}>
    ${noteSymbols([...new Set(notes)])}
    ${notes.map((note, place) => html`<span ${vars({ '--place': place })}>${banknote({ note })}</span>`)}
  </div>`;
}

// "€60", "1.250,00 €", "60 EUR": a line that is nothing but an amount is set as a figure.
const AMOUNT = '(?:[A-Z]{3}|[€$£¥])?\\s?-?\\d[\\d.,\'\\u00a0\\u202f]*\\s?(?:[A-Z]{3}|[€$£¥])?';
const FIGURE = new RegExp(`^${AMOUNT}$`);

/** A line of the body: a row of a table (tabs part its cells), an amount, or a sentence. */
export function line(text) {
  const [what, ...cells] = text.split('\t');
  if (cells.length) return html`<p class="pair"><span>${what}</span> ${cells.map((cell) => html`<b>${cell}</b>`)}</p>`;
  return FIGURE.test(bare(text)) ? figure(text) : html`<p>${text}</p>`;
}

/** Without the marks that keep an amount in one piece amid text from right to left. */
const bare = (text) => text.replace(/[\u200e\u200f\u061c\u2066-\u2069]/g, '');

/** An amount, as large as its length lets it be. */
export const figure = (text) => html`<p class="figure" ${vars({ '--chars': Math.max(6, text.length) })}>${text}</p>`;
