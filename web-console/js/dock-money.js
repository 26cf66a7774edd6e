import { html } from 'lit';
import { booked, inserted, notesAt, together } from './dock-boxes.js';
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

const DEPOSITS = [
  ['Slot', ['slot'], null],
  ['Escrow, transport', ['escrow', 'transport'], 'ESCROW'],
  ['Deposit bins', ['bins'], 'DEPOSIT'],
  ['Retract bin', ['retract'], 'DEPOSIT_RETRACT'],
  ['Kept as suspect', ['suspect'], null],
  ['Given back, refused', ['returned', 'refused'], null],
  ['Taken out', ['emptied'], null],
];

export const money = (state, books) =>
  html`${state['cash-dispenser'] ? paidOut(state['cash-dispenser'], books) : ''}
  ${state['cash-acceptor'] ? paidIn(state['cash-acceptor'], books) : ''} ${books ? owed(books) : ''}`;

/** Columns are the notes it takes; whatever else was put in is one more, once there is any. */
function paidIn(acceptor, books) {
  const others = inserted(acceptor).filter(({ note }) => !acceptor.accepts.includes(note));
  const count = (notes, column) =>
    column === 'other' ? others.reduce((sum, { note }) => sum + (notes[note] ?? 0), 0) : (notes[column] ?? 0);
  const columns = [...acceptor.accepts, ...(others.length ? ['other'] : [])];
  const holds = (column) =>
    inserted(acceptor).every(({ note, holds }) => holds || (acceptor.accepts.includes(note) ? note : 'other') !== column);
  return html`<table class="dock-money">
    <caption>
      Notes put in, in ${acceptor.accepts[0]?.split(' ')[1]}
    </caption>
    <thead>
      <tr>
        <th scope="col">Where</th>
        ${columns.map((note) => html`<th scope="col" class="note--${note.split(' ')[0]}">${note === 'other' ? note : html`<i></i>${note.split(' ')[0]}`}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${DEPOSITS.map(([words, places, kind]) => {
        const machine = together(...places.map((place) => notesAt(acceptor[place])));
        const inBooks = kind && books ? booked(books, kind) : null;
        return html`<tr>
          <th scope="row">${words}</th>
          ${columns.map((note) => cell(count(machine, note), inBooks && note !== 'other' ? (inBooks[note] ?? 0) : null))}
        </tr>`;
      })}
    </tbody>
    <tfoot>
      <tr>
        <th scope="row">Ever put in</th>
        ${columns.map(
          (note) =>
            html`<td class=${holds(note) ? 'is-equal' : 'is-off'}>
              <b>${number.format(count(notesAt(acceptor.inserted), note))}</b><span>${holds(note) ? '=' : '≠'}</span>
            </td>`,
        )}
      </tr>
    </tfoot>
  </table>`;
}

function paidOut(dispenser, books) {
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
          ${lines.map(({ sum, holds }) => html`<td class=${holds ? '' : 'is-off'}><b>${number.format(sum)}</b><span></span></td>`)}
        </tr>
        <tr>
          <th scope="row">Loaded</th>
          ${lines.map(
            ({ initial, holds }) =>
              html`<td class=${holds ? 'is-equal' : 'is-off'}><b>${number.format(initial)}</b><span>${holds ? '=' : '≠'}</span></td>`,
          )}
        </tr>
      </tfoot>
    </table>`;
}

const cell = (machine, inBooks) =>
  html`<td class=${inBooks === null || inBooks === machine ? '' : 'is-off'}>
    <b class=${machine ? '' : 'is-zero'}>${number.format(machine)}</b>
    <span title=${inBooks === null ? '' : 'by the books'}
      >${inBooks === null ? '' : inBooks === machine ? '=' : `≠ ${number.format(inBooks)}`}</span
    >
  </td>`;

const OWED = { CUSTOMER: 'owed to customers', SUSPENSE: 'in suspense, waits for a count', UNCLEARED: 'in envelopes, not counted yet', OVER_SHORT: 'found over, or short' };

const owed = ({ totals, currency, unsettled }) =>
  html`<dl class="dock-counters dock-owed">
    ${Object.entries(OWED)
      .filter(([kind]) => totals[kind])
      .map(([kind, words]) => html`<div><dt>${words}</dt><dd>${amount(totals[kind], currency)}</dd></div>`)}
    <div><dt>not settled yet</dt><dd>${unsettled}</dd></div>
  </dl>`;

const amount = (minor, currency) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).format(minor / 100);
