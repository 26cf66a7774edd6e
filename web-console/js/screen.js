import { LitElement, html } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { field, sign } from './illustrations.js';
import { LEFT, RIGHT, layoutOf, line, stage } from './layouts.js';
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

  render() {
    const model = this.model;
    return html`<div class="screen" lang=${model?.lang ?? 'en'} dir=${model?.dir ?? 'ltr'}>
      ${model ? this.#screen(model) : ''} ${this.offline ? this.#overlay(this.offline) : ''}
      ${this.quiet ? '' : html`<p class="sr-only" role="status">${this.offline ? '' : spoken(model)}</p>`}
    </div>`;
  }

  #screen(model) {
    const layout = layoutOf(model);
    const has = (side) => model.options?.some(({ fdk }) => side.includes(fdk));
    const sides = `${has(LEFT) ? 'has-left' : ''} ${has(RIGHT) ? 'has-right' : ''}`;
    const body = model.body ?? [];
    return html`<div
      class="face face--${layout} face--${model.screen} is-${model.severity ?? 'info'} ${sides}"
      ?inert=${Boolean(this.offline)}
    >
      ${model.screen === 'idle' ? field() : ''}
      ${keyed(
        `${model.session}/${model.screen}`,
        html`<div class="words">
            ${layout === 'split' && model.severity !== 'info' ? html`<div class="words__sign">${sign(model.severity)}</div>` : ''}
            <div class="title ${model.title?.length > 34 ? 'is-long' : ''}" role="heading" aria-level=${this.level}>${model.title}</div>
            ${body.length ? html`<div class="body">${body.map(line)}</div>` : ''}
          </div>
          <div class="stage">${stage(model)}</div>`,
      )}
      ${this.#options(model, 'left', LEFT)} ${this.#options(model, 'right', RIGHT)}
      ${layout === 'scene' ? '' : html`<time-left .model=${model}></time-left>`}
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
            <span>${label}</span>
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

const spoken = (model) => model?.speech ?? [model?.title, ...(model?.body ?? [])].filter(Boolean).join('. ');

customElements.define('atm-screen', AtmScreen);
