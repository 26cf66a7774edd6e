// What the machine sounds like. Every digit has the same tone, so that nobody can hear a PIN.

const MUTED = 'atm.muted';
const LOUD = 0.12;

// Each a list of [Hz, starts after ms, lasts ms].
const TONES = {
  key: [[1046, 0, 70]],
  clear: [[698, 0, 90]],
  remind: [
    [880, 0, 150],
    [1175, 170, 260],
  ],
};

/** Plays tones; a browser that wants a touch before it lets a page sound is left in peace. */
export class Sounds {
  #context = null;

  get muted() {
    return localStorage.getItem(MUTED) === 'yes';
  }

  set muted(muted) {
    localStorage.setItem(MUTED, muted ? 'yes' : 'no');
  }

  play(name) {
    if (this.muted || !globalThis.AudioContext) return;
    this.#context ??= new AudioContext();
    if (this.#context.state === 'suspended') this.#context.resume().catch(() => {});
    for (const [hertz, afterMs, lastsMs] of TONES[name]) this.#tone(hertz, afterMs / 1000, lastsMs / 1000);
  }

  #tone(hertz, after, lasts) {
    const begins = this.#context.currentTime + after;
    const voice = this.#context.createOscillator();
    const volume = this.#context.createGain();
    voice.frequency.value = hertz;
    // Eased in and out: a tone that is cut off clicks.
    volume.gain.setValueAtTime(0, begins);
    volume.gain.linearRampToValueAtTime(LOUD, begins + 0.008);
    volume.gain.exponentialRampToValueAtTime(0.0001, begins + lasts);
    voice.connect(volume).connect(this.#context.destination);
    voice.start(begins);
    voice.stop(begins + lasts);
  }
}
