// Runs in the gallery's page: draws its screens again, one after the other or all at once, and says
// what is wrong with them. Measures the letters themselves, not the boxes that the style sheets
// speak of.
() => {
  // Room that a line of text has above its capitals and below its descenders, as a part of its size.
  const LEADING = 0.16;
  const TOUCH = 0.75;

  const SIZES = [
    [800, 480],
    [1024, 768],
    [1280, 800],
    [1920, 1080],
  ];
  const PLAIN = {};
  const LARGE = { large: true };
  const CAPTIONED = { captions: true };
  // Least room is left on the smallest display.
  const BOTH = { captions: true, large: true };
  const THEMES = ['light', 'dark', 'contrast'];
  const schemeOf = (theme) => (theme === 'dark' ? 'dark' : 'light');

  // How much larger "larger text" is: 15 in the hundred, 7 where many kinds of notes are counted out,
  // and whatever fits where words are half as long again.
  const growthOf = (model, { large, captions }) => {
    if (!large || captions || model.lang === 'en-XA') return 1;
    return screen.querySelector('.is-many') ? 1.07 : 1.15;
  };

  const pen = document.createElement('canvas').getContext('2d');
  const host = document.createElement('main');
  const still = new CSSStyleSheet();
  let screen = null;
  let models = [];
  let least = 0;
  let growth = 1;

  async function open() {
    ({ screens: models } = await (await fetch('/gallery.json')).json());
    await document.fonts.ready;
    // Nothing fades in: a colour that is judged half-way is another one.
    still.replaceSync('*, *::before, *::after { animation: none !important; transition: none !important }');
    document.adoptedStyleSheets = [still];
    host.id = 'measured';
    document.body.replaceChildren(host);
  }

  const of = (lang) => models.filter((model) => model.lang === lang);

  async function draw(box, model, quiet) {
    const drawn = document.createElement('atm-screen');
    drawn.quiet = quiet;
    drawn.model = { ...model, remainingMs: model.remainingMs || 60_000 };
    box.append(drawn);
    await drawn.updateComplete;
    await drawn.querySelector('caption-line')?.updateComplete;
    return drawn;
  }

  function sized(box, width, height, scheme) {
    box.style.cssText = `width:${width}px;height:${height}px;color-scheme:${scheme}`;
    return box;
  }

  // The blocks of text: nothing of one may lie on anything of another.
  const BLOCKS = '.title, .body p, .body td, .option, .figure, .time-ring__seconds, .caption, .overlay';

  function linesOf(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const size = parseFloat(getComputedStyle(node.parentElement).fontSize);
    return [...range.getClientRects()]
      .filter((rect) => rect.width > 0)
      .map(({ left, right, top, bottom }) => {
        const spare = Math.max(0, (bottom - top - size * (1 - LEADING)) / 2);
        return { left, right, top: top + spare, bottom: bottom - spare };
      });
  }

  function texts() {
    const found = [];
    const walk = document.createTreeWalker(screen, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest('svg, .sr-only')) continue;
      found.push({ words: node.data.trim(), parent, block: parent.closest(BLOCKS), lines: linesOf(node) });
    }
    return found;
  }

  const clips = new Map();
  function clippers(element) {
    if (element === host || !host.contains(element)) return [host.getBoundingClientRect()];
    if (!clips.has(element)) {
      const { overflow, position } = getComputedStyle(element);
      // What is placed absolutely is cut by nothing that lies between it and what it is placed in.
      const above = clippers(position === 'absolute' ? element.offsetParent : element.parentElement);
      clips.set(element, overflow === 'visible' ? above : [element.getBoundingClientRect(), ...above]);
    }
    return clips.get(element);
  }

  const inside = (line, box) =>
    line.left >= box.left - TOUCH && line.right <= box.right + TOUCH && line.top >= box.top - TOUCH && line.bottom <= box.bottom + TOUCH;
  const overlap = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > TOUCH && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > TOUCH;

  // The height of a capital, as large as it is drawn.
  const heights = new Map();
  function capital(style) {
    const font = `${style.fontWeight} ${style.fontSize} Figtree`;
    if (!heights.has(font)) {
      pen.font = font;
      heights.set(font, pen.measureText('H').actualBoundingBoxAscent);
    }
    return heights.get(font);
  }

  // 4.8 mm on 7 inches of 800 × 480; larger displays show as much at the same part of their size.
  const leastCapital = (width, height) => 25.2 * Math.min(width / 800, height / 480) - 0.1;

  const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
  const paint = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const colours = new Map();
  function rgb(colour) {
    if (!colours.has(colour)) {
      paint.clearRect(0, 0, 1, 1);
      paint.fillStyle = colour;
      paint.fillRect(0, 0, 1, 1);
      colours.set(colour, [...paint.getImageData(0, 0, 1, 1).data]);
    }
    return colours.get(colour);
  }
  const ratio = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };

  // What is behind a text: the nearest colour that covers, or every colour of a gradient.
  function behind(element) {
    for (let up = element; up !== host.parentElement; up = up.parentElement) {
      const { backgroundColor, backgroundImage } = getComputedStyle(up);
      const gradient = backgroundImage.match(/(?:rgba?|color|oklab)\([^()]*\)/g);
      if (gradient) return gradient.map(rgb);
      if (rgb(backgroundColor)[3] === 255) return [rgb(backgroundColor)];
    }
    return [rgb('#ffffff')];
  }

  function shapesWrong(all) {
    const problems = [];
    clips.clear();
    for (const { words, parent, lines } of all) {
      const boxes = clippers(parent);
      if (lines.some((line) => boxes.some((box) => !inside(line, box)))) problems.push(`cut off: "${words}"`);
      const high = capital(getComputedStyle(parent));
      // What is said to others as well is not what somebody asked to have larger.
      const wanted = parent.closest('in-turn') ? least : least * growth;
      if (high < wanted) problems.push(`capitals of ${high.toFixed(1)} px, at least ${wanted.toFixed(1)}: "${words}"`);
    }
    for (const piece of screen.querySelectorAll('.dots, .entry, .ringed, .counted')) {
      const box = piece.getBoundingClientRect();
      if (clippers(piece).some((clip) => !inside(box, clip))) problems.push(`cut off: ${piece.className}`);
    }
    const shown = all.filter(({ parent }) => getComputedStyle(parent).visibility === 'visible');
    shown.forEach((one, at) => {
      for (const other of shown.slice(at + 1)) {
        if (one.block !== other.block && one.lines.some((a) => other.lines.some((b) => overlap(a, b)))) {
          problems.push(`"${one.words}" lies on "${other.words}"`);
        }
      }
    });
    const options = [...screen.querySelectorAll('.option')].map((option) => option.getBoundingClientRect());
    for (const { words, block, lines } of shown) {
      if (!block?.matches('.option') && lines.some((line) => options.some((option) => overlap(line, option)))) {
        problems.push(`"${words}" lies on an option`);
      }
    }
    return problems;
  }

  function coloursWrong(all) {
    return all.flatMap(({ words, parent }) => {
      const ink = rgb(getComputedStyle(parent).color);
      const weakest = Math.min(...behind(parent).map((ground) => ratio(ink, ground)));
      return weakest < 7 ? [`contrast ${weakest.toFixed(2)}: "${words}"`] : [];
    });
  }

  // Every screen of a language, drawn once and then bent to each size, each aid and each theme.
  async function measure(lang) {
    const found = [];
    for (const model of of(lang)) {
      host.replaceChildren();
      screen = await draw(host, model, true);
      for (const [width, height] of SIZES) {
        for (const aids of [PLAIN, LARGE, CAPTIONED, ...(width === 800 ? [BOTH] : [])]) {
          await bend(model, { width, height, aids, scheme: 'light' });
          found.push(...named(model, [width, height, ...Object.keys(aids)], shapesWrong(texts())));
        }
      }
      found.push(...(await themesWrong(model)));
    }
    return found;
  }

  // Themes are colours alone: what is measured in one of them is where it is in the others.
  async function themesWrong(model) {
    const problems = [];
    let first = null;
    for (const theme of THEMES) {
      await bend(model, { width: 800, height: 480, aids: { contrast: theme === 'contrast' }, scheme: schemeOf(theme) });
      const all = texts();
      const places = JSON.stringify(all.map(({ lines }) => lines));
      first ??= places;
      if (places !== first) problems.push(`the theme moves texts`);
      problems.push(...named(model, [theme], [...coloursWrong(all)]));
    }
    return problems;
  }

  async function bend(model, { width, height, aids, scheme }) {
    least = leastCapital(width, height);
    sized(host, width, height, scheme);
    screen.model = { ...model, aids, remainingMs: model.remainingMs || 60_000 };
    await screen.updateComplete;
    await screen.querySelector('caption-line')?.updateComplete;
    growth = growthOf(model, aids);
  }

  const named = (model, how, problems) => problems.map((problem) => `${model.lang} ${how.join(' ')} ${model.screen} ${model.seq}: ${problem}`);

  async function measureOne(model, css) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [still, sheet];
    host.replaceChildren();
    screen = await draw(host, model, true);
    await bend(model, { width: 800, height: 480, aids: {}, scheme: 'light' });
    const problems = [...shapesWrong(texts()), ...coloursWrong(texts())];
    document.adoptedStyleSheets = [still];
    return problems;
  }

  // How much of its wish for a larger title a screen is granted, from 0 to 1.
  async function titleOf(model, css) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
    sized(host, 800, 480, 'light').replaceChildren();
    screen = await draw(host, model, true);
    const granted = screen.querySelector('.face').style.getPropertyValue('--title');
    document.adoptedStyleSheets = [still];
    return granted;
  }

  async function showOne(lang, at) {
    const model = of(lang)[at];
    sized(host, 800, 480, 'light').replaceChildren();
    screen = await draw(host, model, true);
    return model.screen;
  }

  // All at once, so small that they are in the window.
  async function showAll(lang) {
    host.replaceChildren();
    sized(host, 1920, 1080, 'light');
    for (const model of of(lang)) {
      const box = sized(document.createElement('div'), 200, 120, 'inherit');
      box.style.float = 'left';
      host.append(box);
      await draw(box, model, true);
    }
  }

  async function theme(name) {
    host.style.colorScheme = schemeOf(name);
    for (const drawn of host.querySelectorAll('atm-screen')) {
      drawn.model = { ...drawn.model, aids: { contrast: name === 'contrast' } };
      await drawn.updateComplete;
    }
  }

  // Only a rule of colours can find something in one theme that it did not find in another.
  async function axeFinds(lang) {
    await showAll(lang);
    const found = [];
    for (const name of THEMES) {
      await theme(name);
      const rules = name === 'light' ? {} : { runOnly: ['color-contrast', 'link-in-text-block'] };
      const { violations } = await axe.run({ ...rules, resultTypes: ['violations'] });
      for (const { id, nodes } of violations) {
        found.push(...nodes.map(({ html, any }) => `${lang} ${name} ${id} ${any[0]?.message}: ${html}`));
      }
    }
    return found;
  }

  const eachOf = async (langs, ask) => {
    const found = [];
    for (const lang of langs) found.push(...(await ask(lang)));
    return found;
  };

  globalThis.stage = {
    open,
    measureOne,
    titleOf,
    showOne,
    count: (lang) => of(lang).length,
    measure: (langs) => eachOf(langs, measure),
    axe: (langs) => eachOf(langs, axeFinds),
  };
}
