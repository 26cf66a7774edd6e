import { html, svg } from 'lit';

// The engraved signs beside the slots.

const DRAWINGS = {
  card: svg`<rect x="3" y="6" width="18" height="12" rx="2" /><path d="M3 10h18M6.5 14.5h4" />`,
  receipt: svg`<path d="M6 3h12v18l-2-1.5-2 1.5-2-1.5-2 1.5-2-1.5-2 1.5zM9 8h6M9 12h6" />`,
  cash: svg`<rect x="2.5" y="6" width="19" height="12" rx="1.5" /><circle cx="12" cy="12" r="2.6" /><path d="M5.5 9v.01M18.5 15v.01" />`,
  'cash-in': svg`<rect x="2.5" y="10" width="19" height="10" rx="1.5" /><circle cx="12" cy="15" r="2.2" /><path d="M12 2.5v5M9.5 5L12 2.5 14.5 5" />`,
  speaker: svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.2 4.2 0 010 6M18 6.5a7.8 7.8 0 010 11" />`,
  muted: svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5" />`,
  headphones: svg`<path d="M4 17v-4a8 8 0 0116 0v4M4 14.5h3v5H5.5A1.5 1.5 0 014 18zM20 14.5h-3v5h1.5A1.5 1.5 0 0020 18z" />`,
};

export const pictogram = (name) =>
  html`<svg class="pictogram" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${DRAWINGS[name]}</svg>`;
