import { html } from 'lit';
import { card, colourOf } from './card-art.js';
import { vars } from './vars.js';

/** The customers' cards. A click puts one into the slot; its PIN is noted on it, for this is a demo. */
export function wallet(cards, act) {
  return html`<section class="wallet" aria-label="Wallet" ${vars({ '--cards': cards.length })}>
    ${cards.map(({ id, holder, last4, expires, pin, where }, place) =>
      where === 'wallet'
        ? html`<button
            type="button"
            class="pocketed"
            aria-label="Insert the card of ${holder}, PIN ${pin}"
            @click=${() => act('card-reader', 'insert', { card: id })}
            ${vars({ '--place': place })}
          >
            ${card({ holder, last4, expires }, colourOf(id, cards))}
            <span class="pocketed__pin">PIN ${pin}</span>
          </button>`
        : html`<p class="pocketed pocketed--gone" ${vars({ '--place': place })}>
            ${holder}<span>${where === 'retained' ? 'Kept by the machine' : 'In the machine'}</span>
          </p>`,
    )}
    <i class="wallet__front" aria-hidden="true"></i>
  </section>`;
}
