import { html, render } from 'lit';
import './screen.js';

// Every screen in every language, from the controller's fixtures, drawn by the same component as
// the customer's. For designers, translators and reviewers.

const root = document.querySelector('#gallery');
let screens = [];
let lang = 'all';

function groups() {
  const shown = screens.filter((model) => lang === 'all' || model.lang === lang);
  return Map.groupBy ? Map.groupBy(shown, (m) => m.screen) : groupBy(shown);
}

function groupBy(models) {
  const map = new Map();
  for (const model of models) map.set(model.screen, [...(map.get(model.screen) ?? []), model]);
  return map;
}

const choose = (value) => () => {
  lang = value;
  draw();
};

function draw() {
  const languages = ['all', ...new Set(screens.map((model) => model.lang))];
  render(
    html`<div class="gallery">
      <header class="gallery__head">
        <div>
          <h1>Every screen</h1>
          <p>${screens.length} screens in ${languages.length - 1} languages, as the customer sees them.</p>
        </div>
        <div class="languages" role="group" aria-label="Language">
          ${languages.map(
            (l) =>
              html`<button type="button" aria-pressed=${String(l === lang)} @click=${choose(l)}>
                ${l === 'all' ? 'All' : nameOf(l)}
              </button>`,
          )}
        </div>
      </header>
      <div class="gallery__groups">
        ${[...groups()].map(
          ([screen, models]) =>
            html`<section aria-label=${screen}>
              <h2>${screen}</h2>
              <div class="gallery__row">${models.map(framed)}</div>
            </section>`,
        )}
      </div>
    </div>`,
    root,
  );
}

const nameOf = (code) => new Intl.DisplayNames([code], { type: 'language' }).of(code);

const framed = (model) =>
  html`<figure class="framed">
    <div class="framed__glass" inert>
      <atm-screen quiet .level=${3} .model=${model} data-screen=${model.screen}></atm-screen>
    </div>
    <figcaption>${nameOf(model.lang)} · ${model.severity}</figcaption>
  </figure>`;

const answer = await fetch('/gallery.json');
if (answer.ok) {
  ({ screens } = await answer.json());
  draw();
} else {
  render(html`<div class="gallery"><h1>The screens could not be loaded</h1><p>The controller answered ${answer.status}.</p></div>`, root);
}
