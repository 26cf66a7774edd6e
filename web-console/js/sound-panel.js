import { html } from 'lit';
import { pictogram } from './pictograms.js';

/** The speaker, which can be muted, and the headphone jack. `heard` is told of each change. */
export const soundPanel = ({ sounds, voice }, heard) =>
  html`<div class="sound" role="group" aria-label="Sound">
    <button
      type="button"
      class="sound__speaker"
      role="switch"
      aria-checked=${String(!sounds.muted)}
      aria-label="Loudspeaker"
      title=${sounds.muted ? 'Muted' : 'Mute'}
      @click=${() => {
        sounds.muted = !sounds.muted;
        heard();
      }}
    >
      ${pictogram(sounds.muted ? 'muted' : 'speaker')}<i></i>
    </button>
    <button
      type="button"
      class="sound__jack"
      role="switch"
      aria-checked=${String(voice.plugged)}
      aria-label="Headphones"
      title=${voice.plugged ? 'Headphones are plugged in: screens are read aloud' : 'Plug in headphones'}
      @click=${() => {
        voice.plugged = !voice.plugged;
        heard();
      }}
    >
      ${pictogram('headphones')}
    </button>
  </div>`;
