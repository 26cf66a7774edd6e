import { html, svg } from 'lit';

// The engraved signs beside the slots.

const DRAWINGS = {
  card: svg`<rect x="3" y="6" width="18" height="12" rx="2" /><path d="M3 10h18M6.5 14.5h4" />`,
  receipt: svg`<path d="M6 3h12v18l-2-1.5-2 1.5-2-1.5-2 1.5-2-1.5-2 1.5zM9 8h6M9 12h6" />`,
  cash: svg`<rect x="2.5" y="6" width="19" height="12" rx="1.5" /><circle cx="12" cy="12" r="2.6" /><path d="M5.5 9v.01M18.5 15v.01" />`,
};

export const pictogram = (name) =>
  html`<svg class="pictogram" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${DRAWINGS[name]}</svg>`;
