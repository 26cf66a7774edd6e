import { LitElement, html, svg } from 'lit';
import { countdownOf } from './countdown.js';

const TICK_MS = 250;
const RING = 2 * Math.PI * 46;

/**
 * The time a customer has left, as a line under the screen or as a ring around an illustration.
 * Takes a screen model. Without a time limit there is no line, and the ring turns without end.
 */
class TimeLeft extends LitElement {
  static properties = { model: { attribute: false }, ring: { type: Boolean } };

  #countdown = null;
  #timer = 0;

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has('model')) this.#countdown = countdownOf(this.model, performance.now());
    clearInterval(this.#timer);
    if (this.#countdown) this.#timer = setInterval(() => this.requestUpdate(), TICK_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  render() {
    const now = performance.now();
    if (!this.#countdown) return this.ring ? this.#ring(0.22, '') : '';
    const fraction = this.#countdown.fraction(now);
    if (fraction === 0) clearInterval(this.#timer);
    return this.ring ? this.#ring(fraction, this.#countdown.seconds(now)) : this.#line(fraction);
  }

  #line(fraction) {
    return html`<svg class="time-line" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect class=${fraction < 0.25 ? 'is-short' : ''} width=${fraction * 100} height="1" />
    </svg>`;
  }

  #ring(fraction, seconds) {
    const endless = seconds === '' ? 'is-endless' : '';
    return html`<svg class="time-ring ${endless}" viewBox="0 0 100 100" aria-hidden="true">
        <circle class="time-ring__track" cx="50" cy="50" r="46" />
        ${svg`<circle class="time-ring__left" cx="50" cy="50" r="46" transform="rotate(-90 50 50)"
          stroke-dasharray="${RING}" stroke-dashoffset="${RING * (1 - fraction)}" />`}
      </svg>
      ${seconds === '' ? '' : html`<span class="time-ring__seconds" aria-hidden="true">${seconds}</span>`}`;
  }
}

customElements.define('time-left', TimeLeft);
