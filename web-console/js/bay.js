import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { card, colourOf } from './card-art.js';
import { pictogram } from './pictograms.js';
import { vars } from './vars.js';

// The right-hand part of the fascia: the card slot above, the receipt slot below it.

/** The card slot, with the card as far out of it as it is. */
export function cardSlot(reader, wallet, act) {
  const owner = wallet.find(({ id }) => id === reader?.card);
  const face = owner ? card(owner, colourOf(owner.id, wallet)) : '';
  return html`<div class="slot" role="group" aria-label="Card slot">
    <i class="led led--${reader?.light ?? 'off'}"></i>
    <div class="slot__gap"></div>
    <span class="slot__sign">${pictogram('card')}</span>
    <div class="slot__out slot__out--card">
      ${repeat(
        owner ? [owner] : [],
        ({ id }) => id,
        () =>
          reader.media === 'entering'
            ? html`<button
                type="button"
                class="held held--entering"
                aria-label="Take the card of ${owner.holder}"
                @click=${() => act('card-reader', 'take')}
              >
                ${face}
              </button>`
            : html`<span class="held held--${reader.media}">${face}</span>`,
      )}
    </div>
  </div>`;
}

/** The receipt slot, with the paper that hangs out of it. */
export function receiptSlot(printer, act) {
  const lines = printer?.slot?.lines;
  return html`<div class="slot slot--receipt" role="group" aria-label="Receipt slot">
    <i class="led led--${printer?.light ?? 'off'}"></i>
    <div class="slot__gap"></div>
    <span class="slot__sign">${pictogram('receipt')}</span>
    <div class="slot__out slot__out--paper">
      ${lines
        ? html`<button
            type="button"
            class="paper"
            aria-label="Take the receipt: ${lines.map((l) => l.trim()).filter(Boolean).join(', ')}"
            @click=${() => act('receipt-printer', 'take')}
            ${vars({ '--columns': columns(lines), '--lines': lines.length })}
          >
            <span class="paper__print" aria-hidden="true">${lines.join('\n')}</span>
          </button>`
        : ''}
    </div>
  </div>`;
}

/** How wide the print is, in characters: at least what a narrow roll holds. */
const columns = (lines) => lines.reduce((most, line) => Math.max(most, line.trimEnd().length), 32);
