import { html } from 'lit';
import { booked, notesAt, together } from './dock-boxes.js';
import { number } from './dock-words.js';
import { tally } from './tally.js';

// Where every note is, by the machine's count, and beside it what the books say.

const PLACES = [
  ['In cassettes', ['cassettes'], 'CASSETTE'],
  ['Stacker, transport, slot', ['stacker', 'transport', 'tray'], 'TRANSIT'],
  ['Taken', ['taken'], null],
  ['Reject bin', ['reject'], 'REJECT'],
  ['Retract bin', ['retract'], 'RETRACT'],
];

export function money(state, books) {
  const dispenser = state['cash-dispenser'];
  if (!dispenser) return html`<p class="dock-note">This machine has no dispenser.</p>`;
  const lines = tally(dispenser);
  return html`<table class="dock-money">
      <caption>
        Notes by the machine's own count${books ? ', and by the books' : ''}
      </caption>
      <thead>
        <tr>
          <th scope="col">Where</th>
          ${lines.map(({ note }) => html`<th scope="col" class="note--${note.split(' ')[0]}"><i></i>${note}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${PLACES.map(([words, places, kind]) => {
          const machine = together(...places.map((place) => notesAt(dispenser[place])));
          const inBooks = kind && books ? booked(books, kind) : null;
          return html`<tr>
            <th scope="row">${words}</th>
            ${lines.map(({ note }) => cell(machine[note] ?? 0, inBooks && (inBooks[note] ?? 0)))}
          </tr>`;
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Sum</th>
          ${lines.map(({ sum, holds }) => html`<td class=${holds ? '' : 'is-off'}><b>${number.format(sum)}</b></td>`)}
        </tr>
        <tr>
          <th scope="row">Loaded</th>
          ${lines.map(
            ({ initial, holds }) =>
              html`<td class=${holds ? 'is-equal' : 'is-off'}><b>${number.format(initial)}</b><span>${holds ? '=' : '≠'}</span></td>`,
          )}
        </tr>
      </tfoot>
    </table>
    ${books ? owed(books) : ''}`;
}

const cell = (machine, inBooks) =>
  html`<td class=${inBooks === null || inBooks === machine ? '' : 'is-off'}>
    <b class=${machine ? '' : 'is-zero'}>${number.format(machine)}</b>
    ${inBooks === null ? '' : html`<span title="by the books">${inBooks === machine ? '=' : `≠ ${number.format(inBooks)}`}</span>`}
  </td>`;

const OWED = { CUSTOMER: 'owed to customers', SUSPENSE: 'in suspense, waits for a count', OVER_SHORT: 'found over, or short' };

const owed = ({ totals, currency, unsettled }) =>
  html`<dl class="dock-counters dock-owed">
    ${Object.entries(OWED)
      .filter(([kind]) => totals[kind])
      .map(([kind, words]) => html`<div><dt>${words}</dt><dd>${amount(totals[kind], currency)}</dd></div>`)}
    <div><dt>not settled yet</dt><dd>${unsettled}</dd></div>
  </dl>`;

const amount = (minor, currency) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).format(minor / 100);
