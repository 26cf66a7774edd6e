import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { banknote, noteSymbols } from './note-art.js';
import { pictogram } from './pictograms.js';
import { vars } from './vars.js';

// The cash slot. Each note that lies at it is drawn, so that a person can count them.

const BUSY = {
  dispensing: 'Counting notes',
  presenting: 'Presenting',
  retracting: 'Taking notes back',
  rejecting: 'Setting notes aside',
};

/** A small tilt for each note, always the same one, as if it had fallen so. */
const tilt = (id) => ((id * 47) % 11) - 5;

// "2 × 20 EUR, 1 × 10 EUR"
function inWords(notes) {
  const counts = new Map();
  for (const { note } of notes) counts.set(note, (counts.get(note) ?? 0) + 1);
  return [...counts].map(([note, count]) => `${count} × ${note}`).join(', ');
}

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
            aria-label="Take the notes: ${inWords(notes)}"
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
