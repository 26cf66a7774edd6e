// What the gallery shows, as it stands in the address: #lang=de&theme=night&text=large&shape=800x480

export const THEMES = { day: 'Day', night: 'Night', contrast: 'High contrast' };
export const TEXTS = { normal: 'Normal text', large: 'Larger text', captions: 'Captions' };
export const SHAPES = { '800x480': [800, 480], '1024x768': [1024, 768], '1280x800': [1280, 800], '1920x1080': [1920, 1080] };

/** What a hash chooses; the first of its kind where it says nothing that exists. */
export function chosen(hash, languages) {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  const one = (name, values) => (values.includes(said.get(name)) ? said.get(name) : values[0]);
  return {
    lang: one('lang', [...languages, 'all']),
    theme: one('theme', Object.keys(THEMES)),
    text: one('text', Object.keys(TEXTS)),
    shape: one('shape', Object.keys(SHAPES)),
  };
}

export const hashOf = (choice) => `#${new URLSearchParams(choice)}`;
