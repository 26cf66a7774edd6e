import { LitElement, html } from 'lit';
import { acceptorSlot } from './acceptor.js';
import { BackDoor } from './back-door.js';
import { cardSlot, receiptSlot } from './bay.js';
import { padKey } from './keys.js';
import { functionKeys, pad } from './pad.js';
import { purse } from './purse.js';
import './screen.js';
import { soundPanel } from './sound-panel.js';
import { tray } from './tray.js';
import { wallet } from './wallet.js';

const SAID_MS = 6000;
const DOWN_MS = 120;
// More than this nobody holds in front of a slot; the acceptor itself sets no such bound.
const HAND_MAX = 40;
const DOCK_MS = 1500;

/**
 * The simulated machine around the customer screen: fascia, keys, slots, wallet and workbench.
 * Shows the simulator's state and plays the hands; whatever follows from that comes by the wire.
 */
class AtmMachine extends LitElement {
  static properties = {
    simulator: { type: String },
    senses: { attribute: false },
    model: { attribute: false },
    offline: { type: String },
    state: { state: true },
    gone: { state: true },
    pressed: { state: true },
    said: { state: true },
    hand: { state: true },
  };

  #door;
  #saidTimer = 0;
  #downTimer = 0;

  constructor() {
    super();
    this.state = null;
    this.gone = false;
    this.pressed = null;
    this.said = '';
    this.hand = [];
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#door = new BackDoor(this.simulator, (state) => {
      this.gone = state === null;
      this.state = state ?? this.state;
    }).connect();
    document.addEventListener('keydown', this.#typed);
    // Nobody at the machine waits for the developer's dock.
    requestIdleCallback(() => import('./dock.js'), { timeout: DOCK_MS });
  }

  render() {
    const s = this.state ?? {};
    const cards = s.wallet ?? [];
    return html`<div class="stage-floor ${this.gone || !this.state ? 'is-gone' : ''}">
      <div class="fascia">
        <div class="glass">
          ${functionKeys(['F', 'G', 'H', 'I'], 'left', this.pressed, this.#press)}
          <div class="bezel">
            <atm-screen .model=${this.model} .offline=${this.offline} @option=${this.#option}></atm-screen>
          </div>
          ${functionKeys(['A', 'B', 'C', 'D'], 'right', this.pressed, this.#press)}
        </div>
        <div class="bay">
          ${cardSlot(s['card-reader'], cards, this.#act)} ${receiptSlot(s['receipt-printer'], this.#act)}
          ${soundPanel(this.senses, this.#heard)}
        </div>
        <div class="counter">
          ${pad(s['pin-pad'], this.pressed, this.#press)}
          <div class="slots">
            ${tray(s['cash-dispenser'], this.#act)}
            ${s['cash-acceptor'] ? acceptorSlot(s['cash-acceptor'], this.hand, this.#put, this.#drop, this.#act) : ''}
          </div>
        </div>
      </div>
      <div class="side">
        <div class="hands">
          ${cards.length ? wallet(cards, this.#act) : ''} ${s['cash-acceptor'] ? purse(s['cash-acceptor'], this.#pick) : ''}
        </div>
        <div class="dock">
          <atm-dock .simulator=${this.simulator} .state=${this.state} .model=${this.model} .act=${this.#act}></atm-dock>
        </div>
        <p class="said ${this.said || this.gone ? 'is-shown' : ''}" role="status">
          ${this.gone ? 'The simulator does not answer. Waiting for it…' : this.said}
        </p>
      </div>
    </div>`;
  }

  #act = async (device, action, body) => {
    const done = this.#door.act(device, action, body);
    this.dispatchEvent(new CustomEvent('acting', { detail: { device, action, body, done } }));
    const problem = await done;
    clearTimeout(this.#saidTimer);
    this.said = problem ?? '';
    if (problem) this.#saidTimer = setTimeout(() => (this.said = ''), SAID_MS);
    return !problem;
  };

  #pick = (paper) => {
    if (this.hand.length < HAND_MAX) this.hand = [...this.hand, paper];
  };

  #drop = () => {
    this.hand = [];
  };

  #put = async (notes) => {
    if (await this.#act('cash-acceptor', 'insert', { notes })) this.hand = [];
  };

  #press = (key) => {
    this.pressed = key;
    clearTimeout(this.#downTimer);
    this.#downTimer = setTimeout(() => (this.pressed = null), DOWN_MS);
    // A digit sounds when it arrives; these go on to another screen instead.
    if (!/[0-9]/.test(key)) this.senses.press();
    this.#act('pin-pad', 'press', { key });
  };

  #heard = () => {
    this.senses.listen();
    this.requestUpdate();
  };

  #option = (event) => this.dispatchEvent(new CustomEvent('option', { detail: event.detail }));

  #typed = (event) => {
    const key = padKey(event);
    // A control that has the focus keeps its own keys: Enter on a button, letters in a list.
    const focused = event.target.closest?.('a, button, summary, select, input');
    if (!key || focused?.matches('select, input') || (focused && event.key === 'Enter')) return;
    event.preventDefault();
    this.#press(key);
  };
}

customElements.define('atm-machine', AtmMachine);
