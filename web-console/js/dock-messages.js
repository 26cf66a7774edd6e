import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { DEVICES, clock } from './dock-words.js';

// The messages on the wires, both ways, newest first. A command and all that answers it share
// device and request number; pointing at one shows them together.

export function messages(all, filter, correlated, { filter: choose, correlate }) {
  const devices = [...new Set(all.map(({ device }) => device))].sort();
  const shown = filter ? all.filter(({ device }) => device === filter) : all;
  return html`<div class="dock-filter">
      <label
        >Device
        <select @change=${(event) => choose(event.target.value)}>
          <option value="" ?selected=${!filter}>all of them</option>
          ${devices.map((id) => html`<option value=${id} ?selected=${id === filter}>${DEVICES[id] ?? id}</option>`)}
        </select>
      </label>
      <span>${correlated ? html`request ${correlated.split(' ')[1]} <button type="button" class="quiet" @click=${() => correlate('')}>all</button>` : `${shown.length} messages`}</span>
    </div>
    <ol class="dock-log dock-wire" reversed>
      ${repeat(
        shown,
        (each) => each.number,
        (each) => message(each, correlated, correlate),
      )}
    </ol>`;
}

const idOf = ({ device, requestId }) => (requestId ? `${device} ${requestId}` : '');

function message(each, correlated, correlate) {
  const id = idOf(each);
  const failed = each.completionCode && each.completionCode !== 'success';
  return html`<li class="${id && id === correlated ? 'is-same' : ''} ${correlated && id !== correlated ? 'is-other' : ''}">
    <details @toggle=${(event) => event.target.open && pretty(event.target, each.text)}>
      <summary>
        <span class="dock-wire__way" title=${each.fromDevice ? 'from the device' : 'to the device'}>${each.fromDevice ? '◂' : '▸'}</span>
        <b>${each.name}</b>
        <span class="dock-wire__type ${failed ? 'is-bad' : ''}">${failed ? each.completionCode : each.type}</span>
      </summary>
      <pre tabindex="0"></pre>
    </details>
    <p class="dock-wire__foot">
      <span>${DEVICES[each.device] ?? each.device}</span>
      ${id
        ? html`<button type="button" class="dock-wire__id" title="Show this request alone" @click=${() => correlate(id === correlated ? '' : id)}>
            request ${each.requestId}
          </button>`
        : html`<span>unsolicited</span>`}
      <time datetime=${each.at}>${clock(each.at)}</time>
    </p>
  </li>`;
}

/** Laid out when it is looked at: most never are. */
function pretty(details, text) {
  let shown = text;
  try {
    shown = JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // It was cut for its length; shown as it is.
  }
  details.querySelector('pre').textContent = shown;
}
