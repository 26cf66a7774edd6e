import { LitElement, html } from 'lit';
import { captionLines, readingMs } from './captions.js';

const AGAIN_MS = 4000;

/**
 * What is being said, in writing: one line at the foot of the screen, and the next when that one was
 * read. Begins again after the last, for whoever came late. Hidden from assistive technology, which
 * is given the whole text at once.
 */
class CaptionLine extends LitElement {
  static properties = { text: { type: String }, at: { state: true } };

  #lines = [];
  #timer = 0;

  createRenderRoot() {
    return this;
  }

  updated(changed) {
    if (changed.has('text')) this.#begin();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  #begin() {
    const pen = document.createElement('canvas').getContext('2d');
    const { font, width } = getComputedStyle(this.querySelector('.caption__line'));
    pen.font = font;
    const room = parseFloat(width);
    this.#lines = captionLines(this.text, (line) => pen.measureText(line).width <= room);
    this.at = 0;
    this.requestUpdate();
    this.#next();
  }

  #next() {
    clearTimeout(this.#timer);
    const last = this.at === this.#lines.length - 1;
    this.#timer = setTimeout(
      () => {
        this.at = last ? 0 : this.at + 1;
        this.#next();
      },
      readingMs(this.#lines[this.at] ?? '') + (last ? AGAIN_MS : 0),
    );
  }

  render() {
    return html`<p class="caption" aria-hidden="true"><span class="caption__line">${this.#lines[this.at] ?? ''}</span></p>`;
  }
}

customElements.define('caption-line', CaptionLine);
