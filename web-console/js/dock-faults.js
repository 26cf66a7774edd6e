import { html } from 'lit';
import { DEVICES, present } from './dock-words.js';

// Every fault of every device as a switch, and when it begins.

const MOMENTS = {
  now: 'from now on',
  once: 'the next time only',
  always: 'every time',
  'at-note:2': 'at the second note',
  'at-note:3': 'at the third note',
  'after-ms:3000': 'in three seconds',
};

/** `chosen` says, for each device, when its next fault begins; `choose(device, when)` changes it. */
export const faults = (state, act, chosen, choose) =>
  present(state).map((id) => {
    const it = state[id];
    const when = chosen[id] ?? 'now';
    return html`<fieldset class="dock-faults">
      <legend>${DEVICES[id]}</legend>
      <label class="dock-when">
        begins
        <select aria-label="${DEVICES[id]}: faults begin" @change=${(event) => choose(id, event.target.value)}>
          ${Object.entries(MOMENTS)
            .filter(([moment]) => id === 'cash-dispenser' || !moment.startsWith('at-note'))
            .map(([moment, words]) => html`<option value=${moment} ?selected=${moment === when}>${words}</option>`)}
        </select>
      </label>
      ${(state.kinds?.[id] ?? []).map(({ kind, label }) => fault(id, it, kind, label, act, when))}
    </fieldset>`;
  });

function fault(id, it, kind, label, act, when) {
  const armed = (it.faults ?? []).find((each) => each.kind === kind);
  return html`<button
    type="button"
    class="switch"
    role="switch"
    aria-checked=${String(Boolean(armed))}
    @click=${() => act(id, 'fault', armed ? { kind, clear: true } : { kind, when })}
  >
    <span>${label}</span>${armed ? html`<em>${MOMENTS[armed.when] ?? armed.when}</em>` : ''}<i></i>
  </button>`;
}
