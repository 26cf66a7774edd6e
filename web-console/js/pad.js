import { html } from 'lit';

// The keys of the machine: the PIN pad and the function keys beside the screen. They are pressed
// through the back door, and what they do comes back by the wire.

const KEYS = [
  ['1', '2', '3', 'cancel'],
  ['4', '5', '6', 'clear'],
  ['7', '8', '9', 'enter'],
  [null, '0', null, null],
];
const NAMES = { cancel: 'Cancel', clear: 'Clear', enter: 'Enter' };
const MARKS = { cancel: '✕', clear: '‹', enter: '○' };
// As on real pads, so that a hand knows where it is.
const LETTERS = { 2: 'ABC', 3: 'DEF', 4: 'GHI', 5: 'JKL', 6: 'MNO', 7: 'PQRS', 8: 'TUV', 9: 'WXYZ' };

// A mouse does not take the focus along: the computer's Enter then still means the pad's Enter and
// not "that digit once more". With Tab each key gets the focus as usual.
const keepFocus = (event) => event.preventDefault();

const key = (name, pressed, press) => {
  if (name === null) return html`<span class="key key--blank" aria-hidden="true"></span>`;
  return html`<button
    type="button"
    class="key ${NAMES[name] ? `key--${name}` : ''} ${pressed === name ? 'is-down' : ''}"
    data-key=${name}
    aria-label=${NAMES[name] ?? name}
    @mousedown=${keepFocus}
    @click=${() => press(name)}
  >
    <b>${NAMES[name] ?? name}</b>
    <small aria-hidden="true">${NAMES[name] ? MARKS[name] : (LETTERS[name] ?? '')}</small>
  </button>`;
};

/** The PIN pad; `pressed` is the key that is down right now. */
export const pad = (device, pressed, press) =>
  html`<div
    class="pad ${device?.entry && device.entry !== 'none' ? 'is-active' : ''}"
    role="group"
    aria-label="PIN pad"
  >
    ${KEYS.flat().map((name) => key(name, pressed, press))}
  </div>`;

/** The four function keys on one side of the screen. */
export const functionKeys = (letters, side, pressed, press) =>
  html`<div class="fdks fdks--${side}" role="group" aria-label="Keys ${side} of the screen">
    ${letters.map(
      (letter, row) =>
        html`<button
          type="button"
          class="fdk fdk--${row + 1} ${pressed === letter ? 'is-down' : ''}"
          data-key=${letter}
          aria-label="Key ${letter}"
          @mousedown=${keepFocus}
          @click=${() => press(letter)}
        >
          <svg viewBox="0 0 12 12" aria-hidden="true"><path d=${side === 'left' ? 'M4 2l4 4-4 4' : 'M8 2L4 6l4 4'} /></svg>
        </button>`,
    )}
  </div>`;
