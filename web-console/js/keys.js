// From the computer's keyboard to the keys of the simulated pad.

const NAMED = { Enter: 'enter', Escape: 'cancel', Backspace: 'backspace', Delete: 'clear' };

/** The pad's word for a keyboard event, or null when the event is none of the pad's business. */
export function padKey({ key, ctrlKey, metaKey, altKey, repeat }) {
  if (ctrlKey || metaKey || altKey || repeat) return null;
  if (/^[0-9]$/.test(key)) return key;
  if (/^[A-DF-I]$/i.test(key)) return key.toUpperCase();
  return NAMED[key] ?? null;
}
