import { html } from 'lit';

// The guided tour: the scenarios that say what to watch, one after the other, offered once.

const KEY = 'atm.tour';
const STOPS = 5;

let stop = -1;
let decided = localStorage.getItem(KEY) === 'done';

function decide() {
  decided = true;
  localStorage.setItem(KEY, 'done');
}

/** The tour's card, or nothing once it was taken or waved away. */
export function tour(runs, open) {
  const stops = runs.list.filter(({ watch }) => watch).slice(0, STOPS);
  if (decided || !stops.length) return '';
  return stop < 0 ? offer(stops, runs, open) : visit(stops, runs, open);
}

const offer = (stops, runs, open) =>
  html`<section class="dock-tour" aria-label="Guided tour">
    <p><b>New here?</b> ${stops.length} short visits by themselves show what this machine does.</p>
    <p class="dock-tour__ways">
      <button type="button" class="quiet is-main" @click=${() => go(0, stops, runs, open)}>Show me</button>
      <button type="button" class="quiet" @click=${() => end(runs)}>Not now</button>
    </p>
  </section>`;

function visit(stops, runs, open) {
  const { name, watch } = stops[stop];
  const last = stop === stops.length - 1;
  return html`<section class="dock-tour" aria-label="Guided tour">
    <p><b>${stop + 1} of ${stops.length}: ${name}</b> ${watch}</p>
    <p class="dock-tour__ways">
      ${last
        ? ''
        : html`<button type="button" class="quiet is-main" ?disabled=${runs.running} @click=${() => go(stop + 1, stops, runs, open)}>
            Next
          </button>`}
      ${runs.running ? '' : html`<button type="button" class="quiet" @click=${() => go(stop, stops, runs, open)}>Again</button>`}
      <button type="button" class="quiet" @click=${() => end(runs)}>${last ? 'Done' : 'End the tour'}</button>
      <span role="status">${runs.problem || (runs.running ? 'It runs…' : (runs.run?.state ?? ''))}</span>
    </p>
  </section>`;
}

function go(to, stops, runs, open) {
  stop = to;
  open({ transfer: 'state', jam: 'journal' }[stops[to].id] ?? 'money');
  runs.runShipped(stops[to].id);
}

/** Whatever runs is left to run: to stop it half-way would leave a card in the machine. */
function end(runs) {
  decide();
  stop = -1;
  runs.told(runs.run ?? {});
  document.querySelector('atm-dock')?.requestUpdate();
}
