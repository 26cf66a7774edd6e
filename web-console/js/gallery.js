import { html, nothing, render } from 'lit';
import { SHAPES, TEXTS, THEMES, chosen, hashOf } from './gallery-choice.js';
import './screen.js';

// Every screen in every language, theme and size of text, from the controller's fixtures, drawn by
// the same component as the customer's. For designers, translators and reviewers. What is chosen
// stands in the address, so that a screen can be pointed at.

const root = document.querySelector('#gallery');
let screens = [];
let choice = {};
let looking = null;

const choose = (name, value) => {
  history.replaceState(null, '', hashOf({ ...choice, [name]: value }));
  draw();
};

function draw() {
  choice = chosen(location.hash, languages());
  document.documentElement.lang = choice.lang === 'all' ? 'en' : choice.lang;
  render(
    html`<div class="gallery">
      <header class="gallery__head">
        <div>
          <h1>Every screen</h1>
          <p>${screens.length} screens in ${languages().length} languages, as the customer sees them.</p>
        </div>
        ${picker('Language', 'lang', Object.fromEntries([...languages().map((l) => [l, nameOf(l)]), ['all', 'All']]))}
        ${picker('Theme', 'theme', THEMES)} ${picker('Text', 'text', TEXTS)}
        ${picker('Display', 'shape', Object.fromEntries(Object.keys(SHAPES).map((shape) => [shape, shape.replace('x', ' × ')])))}
      </header>
      <div class="gallery__grid">${shown().map(framed)}</div>
      ${looking ? large(looking) : nothing}
    </div>`,
    root,
  );
  const closer = root.querySelector('dialog');
  if (closer && !closer.open) closer.showModal();
}

const languages = () => [...new Set(screens.map(({ lang }) => lang))];
const shown = () => screens.filter(({ lang }) => choice.lang === 'all' || lang === choice.lang);

const picker = (label, name, values) =>
  html`<div class="picker" role="group" aria-label=${label}>
    ${Object.entries(values).map(
      ([value, words]) =>
        html`<button type="button" aria-pressed=${String(choice[name] === value)} @click=${() => choose(name, value)}>
          ${words}
        </button>`,
    )}
  </div>`;

const nameOf = (code) => {
  if (/-X[AB]$/.test(code)) return code.endsWith('XA') ? 'Longer' : 'Mirrored';
  return new Intl.DisplayNames([code], { type: 'language' }).of(code);
};

const aided = (model) => ({
  ...model,
  remainingMs: 0,
  aids: { large: choice.text === 'large', contrast: choice.theme === 'contrast', captions: choice.text === 'captions' },
});

const glass = (model, level) => html`<atm-screen quiet .level=${level} .model=${aided(model)}></atm-screen>`;

const framed = (model) =>
  html`<figure class="framed is-${choice.theme}" data-screen=${model.screen}>
    <button type="button" class="framed__glass is-${choice.shape}" aria-label="Look closer: ${model.title}" @click=${() => look(model)}>
      <span inert>${glass(model, 3)}</span>
    </button>
    <figcaption><b>${model.screen}</b> ${choice.lang === 'all' ? nameOf(model.lang) : model.severity}</figcaption>
  </figure>`;

const large = (model) =>
  html`<dialog
    class="closer is-${choice.theme}"
    aria-label=${model.title}
    @close=${() => look(null)}
    @keydown=${({ key }) => turn({ ArrowRight: 1, ArrowLeft: -1 }[key])}
    @click=${(event) => event.target === event.currentTarget && look(null)}
  >
    <div class="closer__glass is-${choice.shape}">${glass(model, 2)}</div>
    <p class="closer__said" lang=${model.lang} dir=${model.dir}>${model.speech}</p>
    <p class="closer__foot">
      <button type="button" class="turn" @click=${() => turn(-1)}>Before</button>
      <span>${model.screen} · ${nameOf(model.lang)} · ${place(model) + 1} of ${shown().length}</span>
      <button type="button" class="turn" @click=${() => turn(1)}>Next</button>
    </p>
  </dialog>`;

const place = (model) => shown().indexOf(model);

function look(model) {
  looking = model;
  draw();
}

function turn(by) {
  if (!by) return;
  const all = shown();
  look(all[(place(looking) + by + all.length) % all.length]);
}

const answer = await fetch('/gallery.json');
if (answer.ok) {
  ({ screens } = await answer.json());
  addEventListener('hashchange', draw);
  draw();
} else {
  render(html`<div class="gallery"><h1>The screens could not be loaded</h1><p>The controller answered ${answer.status}.</p></div>`, root);
}
