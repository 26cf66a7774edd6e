import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { clock, plain } from './dock-words.js';

// The ledger's journal as it is written: newest first, each event with its place in the chain.

export const journal = (events) =>
  events.length
    ? html`<ol class="dock-log" reversed>
        ${repeat(
          events,
          ({ number }) => number,
          (event) =>
            html`<li>
              <span class="dock-log__seal" title="Number in the chain, and the beginning of its HMAC">${event.seal}</span>
              <time datetime=${event.at}>${clock(event.at)}</time>
              <b>${plain(event.kind)}</b>${event.stan ? html`<span class="dock-log__stan">${event.stan}</span>` : ''}
              ${details(event.details)}
            </li>`,
        )}
      </ol>`
    : html`<p class="dock-note">The journal is empty, or the controller does not answer.</p>`;

const details = (map) => {
  const entries = Object.entries(map ?? {});
  return entries.length
    ? html`<span class="dock-log__details">${entries.map(([key, value]) => html`<span>${key} ${value}</span>`)}</span>`
    : '';
};
