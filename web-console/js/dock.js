import { LitElement, html } from 'lit';
import { Bus, bridgeUrl } from './bus.js';
import { disagreements, lost } from './dock-boxes.js';
import { devices } from './dock-devices.js';
import { faults } from './dock-faults.js';
import { journal } from './dock-journal.js';
import { messages } from './dock-messages.js';
import { money } from './dock-money.js';
import { Recorder } from './dock-recorder.js';
import { Runs, scenarios } from './dock-scenarios.js';
import { tour } from './dock-tour.js';
import { Trail, ways } from './dock-ways.js';

const TABS = {
  devices: 'Devices',
  faults: 'Faults',
  journal: 'Journal',
  messages: 'Messages',
  state: 'State',
  money: 'Money',
  scenarios: 'Scenarios',
};
const EVENTS_MAX = 300;
const MESSAGES_MAX = 250;
const HEALTH_MS = 400;
const AGAIN_MS = 1000;
// Machine and books are told by two wires: what differs for a moment only was told at two times.
const AGREE_MS = 600;

const sheet = document.createElement('link');
sheet.rel = 'stylesheet';
sheet.href = new URL('../css/dock.css', import.meta.url).href;
document.head.append(sheet);

/**
 * The developer's dock beside the simulated machine: what devices, wires, journal and books say,
 * faults to be switched on, scenarios to be run and recorded. It only looks, but for the hands.
 */
class AtmDock extends LitElement {
  static properties = {
    simulator: { type: String },
    state: { attribute: false },
    model: { attribute: false },
    act: { attribute: false },
    tab: { state: true },
  };

  #developer;
  #wires;
  #events = [];
  #messages = [];
  #filter = '';
  #correlated = '';
  #books = null;
  #screens = [];
  #trail = new Trail();
  #health = null;
  #healthTimer = 0;
  #moments = {};
  #wrong = [];
  #wrongTimer = 0;
  #recorder = new Recorder();
  runs = new Runs(() => this.requestUpdate());

  constructor() {
    super();
    this.state = null;
    this.model = null;
    this.tab = remembered('atm.dock.tab', Object.keys(TABS), 'devices');
  }

  createRenderRoot() {
    return this;
  }

  // Not when it is connected: the machine has drawn it before this file was there, and what it was
  // given is taken up at the first update only.
  firstUpdated() {
    this.#developer = new Bus(bridgeUrl('/bus/developer', location.href)).on('developer.books', this.#committed);
    this.#developer.onUp = this.#look;
    this.#developer.connect();
    this.runs.of(this.simulator);
    this.#wires = new Bus(bridgeUrl('/sim/bus', this.simulator))
      .on('sim.messages', this.#sent)
      .on('sim.scenario', (run) => this.runs.told(run));
    this.#wires.onUp = () => {
      this.#readMessages();
      this.runs.read();
    };
    this.#wires.connect();
    const machine = this.closest('atm-machine');
    machine?.addEventListener('acting', ({ detail }) => this.#recorder.acts(detail, this.model, this.state));
    machine?.addEventListener('option', ({ detail }) => this.#recorder.chooses(detail, this.model));
  }

  willUpdate(changed) {
    if (changed.has('model') && this.model) this.#trail.show(this.model);
    if (changed.has('state') || changed.has('model')) {
      this.#compare();
      if (this.tab === 'devices') this.#askHealth();
    }
  }

  updated() {
    const list = this.querySelector('.dock-run ol');
    const now = list?.querySelector('.is-now');
    if (now) list.scrollTop = now.offsetTop - list.clientHeight / 2;
  }

  render() {
    if (!this.state) return '';
    return html`<section class="dock-panel" aria-label="Workbench">
      ${tour(this.runs, this.#open)}
      <div class="dock-tabs" role="tablist" aria-label="Workbench" @keydown=${this.#walk}>
        ${Object.entries(TABS).map(
          ([id, name]) =>
            html`<button
              type="button"
              role="tab"
              id="dock-tab-${id}"
              aria-controls="dock-pane"
              aria-selected=${String(id === this.tab)}
              tabindex=${id === this.tab ? 0 : -1}
              class=${this.#marks(id)}
              @click=${() => this.#open(id)}
            >
              ${name}
            </button>`,
        )}
      </div>
      ${this.#banner()}
      <div class="dock-pane dock-pane--${this.tab}" role="tabpanel" id="dock-pane" aria-labelledby="dock-tab-${this.tab}" tabindex="0">
        ${this.#pane()}
      </div>
    </section>`;
  }

  #pane() {
    switch (this.tab) {
      case 'devices':
        return devices(this.state, this.#health, this.act);
      case 'faults':
        return faults(this.state, this.act, this.#moments, (device, when) => {
          this.#moments = { ...this.#moments, [device]: when };
          this.requestUpdate();
        });
      case 'journal':
        return journal(this.#events);
      case 'messages':
        return messages(this.#messages, this.#filter, this.#correlated, {
          filter: (device) => this.#set(() => (this.#filter = device)),
          correlate: (id) => this.#set(() => (this.#correlated = id)),
        });
      case 'state':
        return ways(this.#screens, this.#trail, this.model?.screen);
      case 'money':
        return money(this.state, this.#books);
      default:
        return scenarios(this.runs, this.#recorder, {
          start: () => this.#set(() => this.#recorder.start(this.state, this.#books, this.model)),
          stop: () => this.#set(() => this.#recorder.stop(this.state, this.#books, this.model)),
        });
    }
  }

  #marks(id) {
    const faulty = id === 'faults' && Object.values(this.state).some((device) => device?.faults?.length);
    const wrong = id === 'money' && this.#alarms().length;
    const busy = id === 'scenarios' && (this.runs.running || this.#recorder.on);
    return wrong ? 'is-bad' : faulty ? 'is-bad' : busy ? 'is-busy' : '';
  }

  #banner() {
    const alarms = this.#alarms();
    return html`<div class="dock-alarm" role="alert">
      ${alarms.length
        ? html`<strong>The money does not agree.</strong> ${alarms.slice(0, 2).join('; ')}${alarms.length > 2
              ? `; ${alarms.length - 2} more`
              : ''}.`
        : ''}
    </div>`;
  }

  /** What is missing among the notes is known at once; what the books say, once they are still. */
  #alarms() {
    return [...lost(this.state), ...this.#wrong];
  }

  #compare() {
    clearTimeout(this.#wrongTimer);
    const found = this.#still() ? disagreements(this.state, this.#books) : [];
    if (!found.length) {
      this.#wrong = [];
      return;
    }
    this.#wrongTimer = setTimeout(() => this.#set(() => (this.#wrong = found)), this.#wrong.length ? 0 : AGREE_MS);
  }

  #still() {
    return this.state && this.#books && !this.#books.unsettled && !this.state['cash-dispenser']?.busy && !this.state['cash-acceptor']?.busy;
  }

  #open = (tab) => {
    if (tab !== this.tab) this.updateComplete.then(() => (this.querySelector('.dock-pane').scrollTop = 0));
    this.tab = tab;
    localStorage.setItem('atm.dock.tab', tab);
    if (tab === 'devices') this.#askHealth();
  };

  #walk = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const ids = Object.keys(TABS);
    this.#open(ids[(ids.indexOf(this.tab) + step + ids.length) % ids.length]);
    event.preventDefault();
    this.updateComplete.then(() => this.querySelector(`#dock-tab-${this.tab}`).focus());
  };

  #set(change) {
    change();
    this.requestUpdate();
  }

  #look = async () => {
    try {
      const all = await this.#developer.request('developer.snapshot', {});
      this.#events = [];
      this.#screens = all.screens;
      this.#trail.restart(all.ways);
      if (this.model) this.#trail.show(this.model);
      this.#committed(all);
    } catch {
      if (this.#developer.up) setTimeout(this.#look, AGAIN_MS);
    }
  };

  #committed = (look) => {
    if (!Array.isArray(look?.events) || !Array.isArray(look.boxes)) return;
    const last = this.#events[0]?.number ?? 0;
    const fresh = look.events.filter(({ number }) => number > last).reverse();
    this.#events = [...fresh, ...this.#events].slice(0, EVENTS_MAX);
    this.#books = look;
    this.#compare();
    this.requestUpdate();
  };

  #sent = (message) => {
    if (!Number.isFinite(message?.number) || message.number <= (this.#messages[0]?.number ?? 0)) return;
    this.#messages = [message, ...this.#messages].slice(0, MESSAGES_MAX);
    if (this.tab === 'messages') this.requestUpdate();
  };

  async #readMessages() {
    try {
      const answer = await fetch(`${this.simulator}/sim/messages`);
      this.#messages = (await answer.json()).messages.reverse();
      this.requestUpdate();
    } catch {
      // The wire is gone again: it reads them when it is back.
    }
  }

  /** The controller's word on its devices, once for all that changes within a moment. */
  #askHealth() {
    if (this.#healthTimer) return;
    this.#healthTimer = setTimeout(async () => {
      try {
        this.#health = await (await fetch('/health')).json();
      } catch {
        this.#health = null;
      }
      this.#healthTimer = 0;
      this.requestUpdate();
    }, HEALTH_MS);
  }
}

function remembered(key, allowed, otherwise) {
  const value = localStorage.getItem(key);
  return allowed.includes(value) ? value : otherwise;
}

customElements.define('atm-dock', AtmDock);
