import { html } from 'lit';
import { drawn, noteSymbols } from './note-art.js';
import { labelOf, papersFor, printedOn } from './papers.js';

/** The purse: a click takes a note into the hand, and a note can be dragged to the slot at once. */
export function purse({ accepts = [] }, pick) {
  const papers = papersFor(accepts);
  return html`<section class="purse" aria-label="Purse">
    ${noteSymbols([...new Set(papers.map(printedOn))])}
    ${papers.map(
      (paper) =>
        html`<button
          type="button"
          class="purse__note"
          draggable="true"
          aria-label="Take into the hand: ${paper}"
          title=${paper}
          @click=${() => pick(paper)}
          @dragstart=${({ dataTransfer }) => dataTransfer.setData('text/plain', paper)}
        >
          ${drawn(paper)}<small>${labelOf(paper)}</small>
        </button>`,
    )}
  </section>`;
}
