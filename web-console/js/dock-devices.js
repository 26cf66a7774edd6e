import { html } from 'lit';
import { DEVICES, number, present } from './dock-words.js';
import { vars } from './vars.js';

// Each device by two mouths: the controller's health, and the simulator's own counters.

/** `health` may be missing, when the controller does not answer. */
export const devices = (state, health, act) =>
  html`${present(state).map((id) => device(id, state[id], health?.devices?.[id], act))}
    ${health?.books ? html`<p class="dock-note">Books: ${health.books.detail}</p>` : ''}`;

function device(id, it, told, act) {
  const tone = !it.plugged || !told ? 'bad' : told.up ? (told.warnings?.length ? 'wait' : 'good') : 'bad';
  return html`<article class="dock-device" aria-label=${DEVICES[id]}>
    <h2><i class="dot dot--${tone}"></i>${DEVICES[id]}<small>${it.model ?? ''}</small></h2>
    <p class="dock-device__status">
      <b>${told?.state ?? 'unknown'}</b> ${told?.detail ?? 'the controller does not answer'}
      ${(told?.warnings ?? []).map((warning) => html`<span class="dock-warning">${warning}</span>`)}
    </p>
    ${it.cassettes?.length ? it.cassettes.map(cassette) : ''}
    <dl class="dock-counters">${counters(id, it).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    <p class="dock-hands">
      <button type="button" class="quiet" @click=${() => act(id, it.plugged ? 'unplug' : 'plug')}>
        ${it.plugged ? 'Unplug' : 'Plug in'}
      </button>
      <button type="button" class="quiet" ?disabled=${it.power !== 'on'} @click=${() => act(id, 'power-cut')}>
        ${it.power === 'on' ? 'Cut power' : 'No power'}
      </button>
      ${id === 'receipt-printer'
        ? html`<button type="button" class="quiet" @click=${() => act(id, 'refill')}>New paper</button>`
        : ''}
      ${id === 'card-reader' && it.retained?.length
        ? html`<button type="button" class="quiet" @click=${() => act(id, 'empty')}>Empty the card bin</button>`
        : ''}
    </p>
  </article>`;
}

const cassette = ({ id, note, initial, count, status }) =>
  html`<div class="cassette note--${note.split(' ')[0]}">
    <span class="cassette__id">${id}</span>
    <span class="cassette__note">${note}</span>
    <i class="cassette__level" ${vars({ '--level': initial ? Math.min(1, count / initial) : 0 })}></i>
    <span class="cassette__count">${status === 'ok' ? number.format(count) : `${number.format(count)} · ${status}`}</span>
  </div>`;

const total = (counts) => number.format(Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0));

function counters(id, it) {
  switch (id) {
    case 'card-reader':
      return [
        ['card', it.card ?? 'none'],
        ['media', it.media],
        ['retained', it.retained.length],
      ];
    case 'pin-pad':
      return [
        ['entry', it.entry],
        ['keys live', it.activeKeys.length],
        ['typed', it.digits],
      ];
    case 'cash-dispenser':
      return [
        ['shutter', it.shutter],
        ['taken', total(it.taken)],
        ['rejected', total(it.reject)],
        ['retracted', total(it.retract)],
        ['now', it.busy ?? 'still'],
      ];
    case 'cash-acceptor':
      return [
        ['slot', it.shutter],
        ['in escrow', it.escrow.length],
        ...it.bins.map(({ id, count, status }) => [id, status === 'ok' ? number.format(count) : `${count} · ${status}`]),
        ['suspect', total(it.suspect)],
        ['retracted', total(it.retract)],
        ['now', it.busy ?? 'still'],
      ];
    case 'receipt-printer':
      return [
        ['paper', it.paper],
        ['receipts taken', it.taken],
      ];
    default:
      return [];
  }
}
