import { html } from 'lit';
import { card, colourOf } from './card-art.js';
import { vars } from './vars.js';

// So many cards stand one behind the other; more stand in columns.
const FEW = 4;

/** The customers' cards. A click puts one into the slot; its PIN is noted on it, for this is a demo. */
export function wallet(cards, act) {
  return html`<section
    class="wallet ${cards.length > FEW ? 'wallet--many' : ''}"
    aria-label="Wallet"
    ${vars({ '--cards': cards.length })}
  >
    ${cards.map((it, place) => {
      const at = vars({ '--place': place });
      return it.where === 'wallet' ? pocketed(it, cards, at, act) : gone(it, at);
    })}
    <i class="wallet__front" aria-hidden="true"></i>
  </section>`;
}

const pocketed = ({ id, holder, last4, expires, pin, state = 'good' }, cards, at, act) => {
  const flaw = state === 'good' ? '' : state;
  return html`<button
    type="button"
    class="pocketed"
    aria-label="Insert the card of ${holder}, PIN ${pin}${flaw && `, ${flaw}`}"
    @click=${() => act('card-reader', 'insert', { card: id })}
    ${at}
  >
    ${card({ holder, last4, expires }, colourOf(id, cards))}
    <span class="pocketed__name" aria-hidden="true">${flaw ? holder.split(' ')[0] : holder}</span>
    <span class="pocketed__pin">${flaw ? `${flaw} · ` : cards.length > FEW ? '' : 'PIN '}${pin}</span>
  </button>`;
};

const gone = ({ holder, where }, at) =>
  html`<p class="pocketed pocketed--gone" ${at}>
    <b>${holder}</b><span>${where === 'retained' ? 'Kept by the machine' : 'In the machine'}</span>
  </p>`;
