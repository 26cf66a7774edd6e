import { html } from 'lit';
import './in-turn.js';
import { banknote, noteSymbols } from './note-art.js';
import { vars } from './vars.js';

// The pieces that screens are made of: lines, amounts, what is being typed, notes.

/** A PIN, of which the page knows only how long it is. Four places are drawn for a start. */
export function dots(count) {
  const places = Math.max(4, Math.min(12, count));
  return html`<div class="dots ${places > 6 ? 'is-many' : ''}" dir="ltr" aria-hidden="true">
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

// "€60", "1.250,00 €", "−60 EUR": a line that is nothing but an amount is set as a figure.
const AMOUNT = /^[+\u2212]?(?:[A-Z]{3}|[€$£¥])?\s?-?\d[\d.,'\u00a0\u202f]*\s?(?:[A-Z]{3}|[€$£¥])?$/;
const TAB = '\t';

/** The lines of a body. Those with tabs are rows: of a table, of amounts, of notes, of greetings. */
export function lines(body, screen) {
  const rows = body.filter((text) => text.includes(TAB)).map((text) => text.split(TAB));
  const first = body.findIndex((text) => text.includes(TAB));
  return body.map((text, at) => {
    if (!text.includes(TAB)) return isAmount(text) ? figure(text) : html`<p>${text}</p>`;
    if (at !== first) return '';
    if (screen === 'idle') return html`<in-turn .texts=${rows[0]}></in-turn>`;
    if (screen === 'count-cash') return counted(rows);
    return rows[0].length === 2 ? rows.map(pair) : table(rows);
  });
}

/** Whether a text is an amount, apart from the marks that keep it in one piece amid Arabic. */
const isAmount = (text) => AMOUNT.test(text.replace(/[\u200e\u200f\u061c\u2066-\u2069]/g, ''));

const pair = ([what, amount]) => html`<p class="pair"><span>${what}</span> <b>${amount}</b></p>`;

/** An amount, as large as its length lets it be. */
const figure = (text) => html`<p class="figure" ${vars({ '--chars': Math.max(6, text.length) })}>${text}</p>`;

const table = (rows) =>
  html`<table class="table">
    <tbody>
      ${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td class=${isAmount(cell) ? 'is-amount' : ''}>${cell}</td>`)}</tr>`)}
    </tbody>
  </table>`;

/** Notes by denomination: a picture of the note, how many, and what they are worth together. */
function counted(rows) {
  const kinds = rows.map(([count]) => [...count.matchAll(NOTES)][0]?.[2]);
  return html`<div class="counted ${rows.length > 3 ? 'is-many' : ''}">
    ${noteSymbols([...new Set(kinds.filter(Boolean))])}
    ${rows.map(
      ([count, worth], row) =>
        html`<p class="counted__kind">
          ${kinds[row] ? banknote({ note: kinds[row] }) : ''}<span>${count}</span> <span class="counted__worth">${worth}</span>
        </p>`,
    )}
  </div>`;
}
