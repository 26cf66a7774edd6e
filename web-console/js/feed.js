// Which of the screens that arrive is shown. Events can overtake each other and the snapshot, so
// the newest `seq` wins; after a reconnect whatever comes first wins, since the controller may
// have started again and counts from the beginning.

export class Feed {
  #seq = -1;
  model = null;

  /** To be called at each (re)connect. */
  restart() {
    this.#seq = -1;
  }

  /** True when `model` is newer than what is shown, and is now the one to show. */
  accept(model) {
    if (!isScreen(model) || model.seq <= this.#seq) return false;
    this.#seq = model.seq;
    this.model = model;
    return true;
  }
}

const isScreen = (model) =>
  model !== null && typeof model === 'object' && Number.isFinite(model.seq) && typeof model.screen === 'string';
