import { Bus, bridgeUrl } from './bus.js';

const AGAIN_MS = 1000;
// An act takes milliseconds; a simulator that takes longer than this has stopped.
const ACT_MS = 3000;

/**
 * The simulator's back door: hands, not wires. Keeps the state of the simulated machine, tells
 * `onChange(state | null)` of each new one (null: the simulator does not answer), and does acts.
 */
export class BackDoor {
  #base;
  #bus;
  #seq = -1;
  #take;
  #onChange;
  #last = Promise.resolve();

  constructor(base, onChange) {
    this.#base = base;
    const take = (state) => {
      // States overtake each other between the answer to an act and the bridge.
      if (!Number.isFinite(state?.seq) || state.seq < this.#seq) return;
      this.#seq = state.seq;
      onChange(state);
    };
    this.#bus = new Bus(bridgeUrl('/sim/bus', base)).on('sim.state', take);
    this.#bus.onDown = () => onChange(null);
    this.#bus.onUp = () => {
      this.#seq = -1;
      this.#look();
    };
    this.#take = take;
    this.#onChange = onChange;
  }

  connect() {
    this.#bus.connect();
    return this;
  }

  /**
   * Does one act of a hand. Null when it was done, else a sentence that says why not. Acts are done
   * one after the other: requests side by side overtake each other, and a PIN is a sequence.
   */
  act(device, action, body = {}) {
    this.#last = this.#last.then(() => this.#act(device, action, body));
    return this.#last;
  }

  async #act(device, action, body) {
    try {
      const answer = await fetch(`${this.#base}/sim/${device}/${action}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ACT_MS),
      });
      const said = await answer.json();
      if (!answer.ok) return said.error ?? `The simulator answered ${answer.status}.`;
      this.#take(said);
      return null;
    } catch {
      return 'The simulator does not answer.';
    }
  }

  /** The whole state, once for each connect; afterwards the bridge tells of every change. */
  async #look() {
    try {
      const answer = await fetch(`${this.#base}/sim/state`);
      this.#take(await answer.json());
    } catch {
      this.#onChange(null);
      if (this.#bus.up) setTimeout(() => this.#look(), AGAIN_MS);
    }
  }
}
