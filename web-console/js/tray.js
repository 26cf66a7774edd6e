import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { banknote, noteSymbols } from './note-art.js';
import { inWords, tilt } from './papers.js';
import { pictogram } from './pictograms.js';
import { vars } from './vars.js';

// The cash slot. Each note that lies at it is drawn, so that a person can count them.

const BUSY = {
  dispensing: 'Counting notes',
  presenting: 'Presenting',
  retracting: 'Taking notes back',
  rejecting: 'Setting notes aside',
};

export function tray(dispenser, act) {
  const notes = dispenser?.tray ?? [];
  const open = dispenser?.shutter === 'open' || notes.length > 0;
  const light = notes.length ? 'take' : dispenser?.busy ? 'busy' : 'off';
  const denominations = new Set([...(dispenser?.cassettes ?? []), ...notes].map(({ note }) => note));
  return html`<div class="tray ${open ? 'is-open' : ''}" role="group" aria-label="Cash slot">
    ${noteSymbols([...denominations])}
    <div class="tray__mouth"><i class="tray__shutter"></i></div>
    <i class="led led--${light}"></i>
    <div class="tray__well">
      ${notes.length
        ? html`<button
            type="button"
            class="notes"
            aria-label="Take the notes: ${inWords(notes.map(({ note }) => note))}"
            @click=${() => act('cash-dispenser', 'take')}
            ${vars({ '--notes': notes.length })}
          >
            ${repeat(
              notes,
              ({ id }) => id,
              (note, place) =>
                html`<span class="note" ${vars({ '--place': place, '--tilt': `${tilt(note.id)}deg` })}>${banknote(note)}</span>`,
            )}
          </button>`
        : html`<span class="tray__idle">${pictogram('cash')}</span>`}
      <span class="tray__busy">${BUSY[dispenser?.busy] ?? ''}</span>
    </div>
  </div>`;
}
