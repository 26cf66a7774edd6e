// The headphone: reads a screen aloud where the browser has a voice for its language.

const PLUGGED = 'atm.headphones';

export class Voice {
  #synthesis = globalThis.speechSynthesis;
  #said = '';

  /** Whether to speak as long as nobody has used the jack: a kiosk has none on its page. */
  usually = true;

  get plugged() {
    const chosen = localStorage.getItem(PLUGGED);
    return chosen === null ? this.usually : chosen === 'yes';
  }

  set plugged(plugged) {
    localStorage.setItem(PLUGGED, plugged ? 'yes' : 'no');
    this.#said = '';
    if (!plugged) this.#synthesis?.cancel();
  }

  /** Says what is new; a screen that comes again, with one digit more, is not read again. */
  say(text, lang) {
    if (text === this.#said) return;
    this.#said = text;
    this.#synthesis?.cancel();
    const voice = this.plugged ? voiceFor(lang, this.#synthesis?.getVoices() ?? []) : null;
    if (!voice || !text) return;
    const words = new SpeechSynthesisUtterance(text);
    words.voice = voice;
    words.lang = voice.lang;
    this.#synthesis.speak(words);
  }
}

/** The voice for a language, one of this very machine before one over the network. */
export function voiceFor(lang, voices) {
  const speaks = (voice) => voice.lang.replace('_', '-').split('-')[0] === lang?.split('-')[0];
  const fit = voices.filter(speaks);
  return fit.find(({ localService }) => localService) ?? fit[0] ?? null;
}
