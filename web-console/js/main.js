import { html, render } from 'lit';
import { Bus, bridgeUrl } from './bus.js';
import { Feed } from './feed.js';
import { spoken } from './screen.js';
import { Senses } from './senses.js';

// Starts the page: the customer screen alone, or the whole machine when there is a simulator.

// A short break (a controller that restarts within a moment) heals before it is worth a word.
const PATIENCE_MS = 200;
const AGAIN_MS = 1000;

const root = document.querySelector('#atm');
const feed = new Feed();
const senses = new Senses();
const bus = new Bus(bridgeUrl('/bus/kiosk', location.href));
let simulator = null;
let offline = 'connecting';
let patience = 0;

function draw() {
  const model = feed.model;
  if (model) {
    document.body.dataset.screen = model.screen;
    document.body.dataset.session = model.session ?? '';
  }
  render(
    simulator
      ? html`<atm-machine
          .simulator=${simulator}
          .senses=${senses}
          .model=${model}
          .offline=${offline}
          @option=${chosen}
        ></atm-machine>`
      : html`<atm-screen class="kiosk" .model=${model} .offline=${offline} @option=${chosen}></atm-screen>`,
    root,
  );
}

function chosen({ detail: { fdk, model } }) {
  senses.press();
  bus.send('ui.input', { session: model.session, seq: model.seq, fdk });
}

function show(model) {
  if (!feed.accept(model)) return;
  clearTimeout(patience);
  offline = null;
  draw();
  senses.show(model, spoken(model));
}

async function snapshot() {
  try {
    show(await bus.request('ui.snapshot', {}));
  } catch {
    // The controller is up but not ready yet; while the line holds, ask again.
    if (bus.up) setTimeout(snapshot, AGAIN_MS);
  }
}

bus.on('ui.screen', show);
bus.onUp = () => {
  feed.restart();
  snapshot();
};
bus.onDown = () => {
  clearTimeout(patience);
  patience = setTimeout(() => {
    offline = feed.model ? 'lost' : 'connecting';
    draw();
  }, PATIENCE_MS);
};

async function start() {
  try {
    const answer = await fetch('/kiosk.json');
    ({ simulator } = await answer.json());
  } catch {
    // The controller went away between the page and this. No reload: a page that cannot be had
    // would leave a kiosk with the browser's own error.
    draw();
    setTimeout(start, AGAIN_MS);
    return;
  }
  if (simulator) await import('./machine.js');
  senses.voice.usually = !simulator;
  document.documentElement.classList.toggle('with-machine', Boolean(simulator));
  draw();
  bus.connect();
}

start();
