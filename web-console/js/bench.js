import { html } from 'lit';
import { occupied, tally } from './tally.js';
import { vars } from './vars.js';

// The quiet panel beside the machine: what can go wrong with each device, and where the money is.

const DEVICES = {
  'card-reader': 'Card reader',
  'pin-pad': 'PIN pad',
  'cash-dispenser': 'Cash dispenser',
  'receipt-printer': 'Receipt printer',
};
const MOMENTS = {
  now: 'from now on',
  once: 'the next time only',
  always: 'every time',
  'at-note:2': 'at the second note',
  'at-note:3': 'at the third note',
  'after-ms:3000': 'in three seconds',
};
const PLACES = {
  cassettes: 'in cassettes',
  stacker: 'stacked',
  transport: 'in transport',
  tray: 'at the slot',
  taken: 'taken',
  reject: 'rejected',
  retract: 'retracted',
};

const number = new Intl.NumberFormat('en');

/** `chosen` says, for each device, when its next fault begins; `choose(device, when)` changes it. */
export const bench = (state, act, chosen, choose) =>
  html`<section class="bench" aria-label="Workbench">
    <div class="devices" role="group" aria-label="Devices" tabindex="0">
      ${Object.keys(DEVICES)
        .filter((id) => state[id])
        .map((id) => device(id, state[id], state.kinds?.[id] ?? [], act, chosen[id] ?? 'now', choose))}
    </div>
    ${state['cash-dispenser'] ? money(state['cash-dispenser']) : ''}
  </section>`;

function device(id, it, kinds, act, when, choose) {
  const [tone, word] = condition(it, kinds);
  return html`<details class="device" name="device">
    <summary>
      <i class="dot dot--${tone}"></i><span>${DEVICES[id]}</span><span class="device__word">${word}</span>
    </summary>
    <div class="device__hands">
      <button type="button" class="quiet" @click=${() => act(id, it.plugged ? 'unplug' : 'plug')}>
        ${it.plugged ? 'Unplug' : 'Plug in'}
      </button>
      <button type="button" class="quiet" @click=${() => act(id, 'power-cut')}>Cut power</button>
      ${id === 'receipt-printer'
        ? html`<button type="button" class="quiet" @click=${() => act(id, 'refill')}>New paper</button>`
        : ''}
    </div>
    ${kinds.map(({ kind, label }) => faultSwitch(id, it, kind, label, act, when))}
    <label class="device__when">
      Faults begin
      <select @change=${(event) => choose(id, event.target.value)}>
        ${Object.entries(MOMENTS)
          .filter(([moment]) => id === 'cash-dispenser' || !moment.startsWith('at-note'))
          .map(([moment, words]) => html`<option value=${moment} ?selected=${moment === when}>${words}</option>`)}
      </select>
    </label>
  </details>`;
}

function faultSwitch(id, it, kind, label, act, when) {
  const on = (it.faults ?? []).some((fault) => fault.kind === kind);
  return html`<button
    type="button"
    class="switch"
    role="switch"
    aria-checked=${String(on)}
    @click=${() => act(id, 'fault', on ? { kind, clear: true } : { kind, when })}
  >
    <span>${label}</span><i></i>
  </button>`;
}

/** How a device is, as a tone and a word: `["good", "Ready"]`. */
function condition(it, kinds) {
  if (!it.plugged) return ['bad', 'Unplugged'];
  if (it.power !== 'on') return ['wait', 'No power'];
  const [fault, ...more] = it.faults ?? [];
  if (!fault) return ['good', 'Ready'];
  const label = kinds.find(({ kind }) => kind === fault.kind)?.label ?? fault.kind;
  const tone = [fault, ...more].some(({ when }) => when === 'now') ? 'bad' : 'wait';
  return [tone, more.length ? `${more.length + 1} faults` : label];
}

function money(dispenser) {
  const lines = tally(dispenser);
  return html`<div class="money">
    ${dispenser.cassettes.map(cassette)}
    <div class="sums" role="status">${lines.map(sum)}</div>
  </div>`;
}

const cassette = ({ id, note, initial, count, status }) =>
  html`<div class="cassette note--${note.split(' ')[0]}">
    <span class="cassette__id">${id}</span>
    <span class="cassette__note">${note}</span>
    <i class="cassette__level" ${vars({ '--level': initial ? count / initial : 0 })}></i>
    <span class="cassette__count">${status === 'ok' ? number.format(count) : `${number.format(count)} · ${status}`}</span>
  </div>`;

const sum = (line) =>
  html`<p class="sum ${line.holds ? '' : 'sum--broken'}">
    <b>${number.format(line.initial)} × ${line.note}</b>
    ${line.holds ? '=' : html`<strong>≠</strong>`}
    ${occupied(line)
      .map(([place, count]) => `${number.format(count)} ${PLACES[place]}`)
      .join(' + ')}
    ${line.holds ? '' : html`<strong>(${number.format(line.sum)}, ${difference(line)})</strong>`}
  </p>`;

const difference = ({ initial, sum: found }) =>
  found < initial ? `${number.format(initial - found)} missing` : `${number.format(found - initial)} too many`;
