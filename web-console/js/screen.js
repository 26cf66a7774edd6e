import { LitElement, html } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import './caption-line.js';
import { fit } from './fit.js';
import { field, sign } from './illustrations.js';
import { LEFT, RIGHT, layoutOf, stage } from './layouts.js';
import { lines } from './pieces.js';
import { wordsFor } from './words.js';

/**
 * The customer screen: draws one screen model and holds no rules. A touch on an option is told as
 * an `option` event with the FDK's letter. `offline` is null, "connecting" or "lost".
 */
class AtmScreen extends LitElement {
  static properties = {
    model: { attribute: false },
    offline: { type: String },
    level: { type: Number },
    quiet: { type: Boolean },
  };

  #sizes = new ResizeObserver(() => this.#fit());

  constructor() {
    super();
    this.model = null;
    this.offline = null;
    this.level = 1;
    this.quiet = false;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#sizes.observe(this);
    document.fonts.addEventListener('loadingdone', this.#fit);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#sizes.disconnect();
    document.fonts.removeEventListener('loadingdone', this.#fit);
  }

  updated() {
    const caption = this.querySelector('caption-line');
    // A caption takes its room from everything else, and is drawn after it.
    if (caption) caption.updateComplete.then(this.#fit);
    else this.#fit();
  }

  #fit = () => {
    const face = this.querySelector('.face');
    if (face) fit(face);
  };

  render() {
    const model = this.model;
    const aids = model?.aids ?? {};
    const kinds = `${aids.large ? 'is-large' : ''} ${aids.contrast ? 'is-contrast' : ''}`;
    return html`<div class="screen ${kinds}" lang=${model?.lang ?? 'en'} dir=${model?.dir ?? 'ltr'}>
      ${model ? this.#screen(model) : ''} ${this.offline ? this.#overlay(this.offline) : ''}
      ${this.quiet ? '' : html`<p class="sr-only" role="status">${this.offline ? '' : spoken(model)}</p>`}
      ${aids.captions && !this.offline ? html`<caption-line .text=${spoken(model)}></caption-line>` : ''}
    </div>`;
  }

  #screen(model) {
    const layout = layoutOf(model);
    const { kind, area, side = '', rows } = layout;
    const signed = kind === 'notice' && area === 'beside';
    const body = lines(model.body ?? [], model.screen);
    return html`<div
      class="face face--${model.screen} kind--${kind} area--${area} ${side && `beside--${side}`} rows--${rows} is-${model.severity ?? 'info'}"
      ?inert=${Boolean(this.offline)}
    >
      ${model.screen === 'idle' ? field() : ''}
      ${keyed(
        `${model.session}/${model.screen}`,
        html`<div class="main">
          <div class="words">
            ${signed ? html`<div class="words__sign">${sign(model.severity)}</div>` : ''}
            <div class="title" role="heading" aria-level=${this.level}>${model.title}</div>
            ${body.length ? html`<div class="body">${body}</div>` : ''}
          </div>
          ${signed ? '' : html`<div class="stage">${stage(model, layout)}</div>`}
        </div>`,
      )}
      ${this.#options(model, 'left', LEFT)} ${this.#options(model, 'right', RIGHT)}
      ${kind === 'scene' ? '' : html`<time-left .model=${model}></time-left>`}
    </div>`;
  }

  #options(model, side, letters) {
    const options = (model.options ?? []).filter(({ fdk }) => letters.includes(fdk));
    if (!options.length) return '';
    return html`<div class="options options--${side}">
      ${options.map(
        ({ fdk, label, enabled }) =>
          html`<button
            type="button"
            class="option option--${letters.indexOf(fdk) + 1}"
            data-fdk=${fdk}
            ?disabled=${enabled === false}
            @click=${() => this.#chosen(fdk)}
          >
            <span>${unbroken(label)}</span>
          </button>`,
      )}
    </div>`;
  }

  #overlay(kind) {
    const words = wordsFor(this.model?.lang);
    return html`<div class="overlay overlay--${kind}" role="status">
      <span class="overlay__dots" aria-hidden="true"><i></i><i></i><i></i></span>
      <span role="heading" aria-level=${this.level}>${words[kind]}</span>
    </div>`;
  }

  #chosen(fdk) {
    this.dispatchEvent(new CustomEvent('option', { detail: { fdk, model: this.model } }));
  }
}

// "…0008" is one word, though a line may break after an ellipsis.
const unbroken = (label) => label.replace(/…(?=\d)/g, '…\u2060');

/** What a headphone would say. */
export const spoken = (model) => model?.speech ?? [model?.title, ...(model?.body ?? [])].filter(Boolean).join('. ');

customElements.define('atm-screen', AtmScreen);
