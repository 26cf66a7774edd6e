import { LitElement, html } from 'lit';

const EACH_MS = 3500;

/** The same words in several languages, one after the other in the same place. */
class InTurn extends LitElement {
  static properties = { texts: { attribute: false }, at: { state: true } };

  #timer = 0;

  constructor() {
    super();
    this.texts = [];
    this.at = 0;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => (this.at += 1), EACH_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  render() {
    const now = this.at % this.texts.length;
    return this.texts.map((text, at) => html`<p dir="auto" class=${at === now ? 'is-now' : ''}>${text}</p>`);
  }
}

customElements.define('in-turn', InTurn);
