import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { drawn } from './note-art.js';
import { inWords, tilt } from './papers.js';
import { pictogram } from './pictograms.js';
import { vars } from './vars.js';

// The slot for notes: those in the hand in front of it, those that it gives back, and how many are
// held in escrow behind it.

const BUSY = {
  accepting: 'Counting',
  storing: 'Into the safe',
  returning: 'Giving back',
  retracting: 'Taking notes back',
};

/** `put(papers)` inserts notes, `drop()` puts those in the hand back into the purse. */
export function acceptorSlot(device, hand, put, drop, act) {
  const back = device.light === 'take' ? device.slot : [];
  const open = device.shutter === 'open';
  const inside = device.escrow ?? [];
  return html`<div
    class="acceptor ${open ? 'is-open' : ''}"
    role="group"
    aria-label="Cash-in slot"
    @dragover=${(event) => event.preventDefault()}
    @drop=${(event) => {
      event.preventDefault();
      put([...hand, event.dataTransfer.getData('text/plain')]);
    }}
  >
    <div class="tray__mouth"><i class="tray__shutter"></i></div>
    <i class="led led--${device.light}"></i>
    <div class="acceptor__well">
      ${back.length
        ? bunch(
            back.map(({ note, id }) => [note, id]),
            'out',
            `Take the notes back: ${inWords(back.map(({ note }) => note))}`,
            () => act('cash-acceptor', 'take'),
          )
        : hand.length
          ? bunch(
              hand.map((paper, place) => [paper, place]),
              'in',
              `Put the notes in: ${inWords(hand)}`,
              () => put(hand),
            )
          : html`<span class="tray__idle">${pictogram('cash-in')}</span>`}
      ${hand.length && !back.length
        ? html`<button type="button" class="acceptor__drop" aria-label="Back into the purse" @click=${drop}>✕</button>`
        : ''}
      ${BUSY[device.busy] || inside.length
        ? html`<span class="acceptor__inside">${BUSY[device.busy] ?? `In escrow: ${inWords(inside.map(({ note }) => note))}`}</span>`
        : ''}
    </div>
  </div>`;
}

const bunch = (papers, way, label, act) =>
  html`<button type="button" class="bunch bunch--${way}" aria-label=${label} @click=${act} ${vars({ '--notes': papers.length })}>
    ${repeat(
      papers,
      ([, id]) => id,
      ([paper, id], place) =>
        html`<span class="bunch__note" ${vars({ '--place': place, '--tilt': `${tilt(id) / 2}deg` })}>${drawn(paper)}</span>`,
    )}
  </button>`;
