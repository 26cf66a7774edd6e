import { Sounds } from './sounds.js';
import { Voice } from './voice.js';

const REMIND_MS = 3000;
const HURRY_MS = 1200;
// From here on the machine is about to take back what was not taken.
const LAST_MS = 8000;
const TAKING = new Set(['take-card', 'take-cash', 'take-receipt']);

/**
 * What is heard of the screens as they come: key tones, speech, and a reminder for as long as
 * something waits to be taken.
 */
export class Senses {
  #sounds;
  #voice;
  #model = null;
  #spoken = '';
  #timer = 0;

  constructor(sounds = new Sounds(), voice = new Voice()) {
    this.#sounds = sounds;
    this.#voice = voice;
  }

  get sounds() {
    return this.#sounds;
  }

  get voice() {
    return this.#voice;
  }

  show(model, spoken) {
    const tone = toneOf(this.#model, model);
    if (tone) this.#sounds.play(tone);
    const same = this.#model?.screen === model.screen && this.#model?.session === model.session;
    this.#model = model;
    this.#spoken = spoken;
    this.listen();
    if (!same || !TAKING.has(model.screen)) this.#remind(performance.now() + (model.remainingMs || Infinity));
  }

  /** Reads the screen aloud, for who has just put headphones on; not when muted. */
  listen() {
    this.#voice.say(this.#sounds.muted ? '' : this.#spoken, this.#model?.lang);
  }

  /** Something was pressed that is no digit. */
  press() {
    this.#sounds.play('key');
  }

  #remind(endsAt) {
    clearTimeout(this.#timer);
    if (!TAKING.has(this.#model.screen)) return;
    this.#sounds.play('remind');
    const left = endsAt - performance.now();
    this.#timer = setTimeout(() => this.#remind(endsAt), left < LAST_MS ? HURRY_MS : REMIND_MS);
  }
}

/** The tone for what was typed between two models: `key`, `clear` or null. */
export function toneOf(before, after) {
  if (!after.entry || before?.screen !== after.screen || before.session !== after.session) return null;
  const typed = lengthOf(after.entry) - lengthOf(before.entry);
  return typed > 0 ? 'key' : typed < 0 ? 'clear' : null;
}

const lengthOf = (entry) => entry?.count ?? entry?.text.replace(/[^\p{Nd}]/gu, '').length ?? 0;
