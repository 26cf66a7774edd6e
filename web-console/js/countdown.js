// The time a customer has left. The model says how many ms remained when it was sent; this holds
// that against the page's own monotonic clock.

export class Countdown {
  #endsAt;
  #totalMs;

  constructor(remainingMs, now) {
    this.#totalMs = Math.max(0, remainingMs);
    this.#endsAt = now + this.#totalMs;
  }

  leftMs(now) {
    return Math.max(0, this.#endsAt - now);
  }

  /** Whole seconds as people count them: 0 only when it is over. */
  seconds(now) {
    return Math.ceil(this.leftMs(now) / 1000);
  }

  /** 1 at the start, 0 at the end. */
  fraction(now) {
    return this.#totalMs === 0 ? 0 : this.leftMs(now) / this.#totalMs;
  }
}

/** The countdown of a model, or null when it has none. */
export const countdownOf = (model, now) =>
  Number.isFinite(model?.remainingMs) && model.remainingMs > 0 ? new Countdown(model.remainingMs, now) : null;
