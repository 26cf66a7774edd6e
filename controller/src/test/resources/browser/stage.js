// Runs in the gallery's page: draws its screens again, one after the other or all at once, and says
// what is wrong with them. Measures the letters themselves, not the boxes that the style sheets
// speak of.
() => {
  // Room that a line of text has above its capitals and below its descenders, as a part of its size.
  const LEADING = 0.16;
  const TOUCH = 0.75;

  const pen = document.createElement('canvas').getContext('2d');
  const host = document.createElement('main');
  const still = new CSSStyleSheet();
  let screen = null;
  let models = [];
  let least = 0;

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

  function clippers(element) {
    const boxes = [];
    // What is placed absolutely is cut by nothing that lies between it and what it is placed in.
    for (let up = element; host.contains(up) && up !== host; ) {
      const { overflow, position } = getComputedStyle(up);
      if (overflow !== 'visible') boxes.push(up.getBoundingClientRect());
      up = position === 'absolute' ? up.offsetParent : up.parentElement;
    }
    return [...boxes, host.getBoundingClientRect()];
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

  function wrong() {
    const all = texts();
    const problems = [];
    for (const { words, parent, lines } of all) {
      const boxes = clippers(parent);
      if (lines.some((line) => boxes.some((box) => !inside(line, box)))) problems.push(`cut off: "${words}"`);
      const style = getComputedStyle(parent);
      const high = capital(style);
      if (high < least) problems.push(`capitals of ${high.toFixed(1)} px, at least ${least.toFixed(1)}: "${words}"`);
      const weakest = Math.min(...behind(parent).map((ground) => ratio(rgb(style.color), ground)));
      if (weakest < 7) problems.push(`contrast ${weakest.toFixed(2)}: "${words}"`);
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

  async function measure(lang, how) {
    const found = [];
    for (const model of of(lang)) found.push(...(await measureOne(model, how)));
    return found;
  }

  async function measureOne(model, { width, height, aids, scheme, css }) {
    least = leastCapital(width, height);
    sized(host, width, height, scheme);
    if (screen?.parentElement !== host || host.children.length > 1) {
      host.replaceChildren();
      screen = await draw(host, model, true);
    }
    screen.model = { ...model, aids, remainingMs: model.remainingMs || 60_000 };
    await screen.updateComplete;
    await screen.querySelector('caption-line')?.updateComplete;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css ?? '');
    document.adoptedStyleSheets = [still, sheet];
    const what = `${model.lang} ${width}×${height} ${Object.keys(aids)} ${model.screen} ${model.seq}`;
    const problems = wrong().map((problem) => `${what}: ${problem}`);
    document.adoptedStyleSheets = [still];
    return problems;
  }

  async function showOne(lang, at) {
    const model = of(lang)[at];
    sized(host, 800, 480, 'light').replaceChildren();
    screen = await draw(host, model, true);
    return model.screen;
  }

  // So small that all are in the window, where contrast can be judged.
  async function showAll(lang, theme) {
    host.replaceChildren();
    sized(host, 1920, 1080, theme === 'dark' ? 'dark' : 'light');
    const all = of(lang);
    for (const model of all) {
      const box = sized(document.createElement('div'), 200, 120, theme === 'dark' ? 'dark' : 'light');
      box.style.float = 'left';
      host.append(box);
      await draw(box, { ...model, aids: { contrast: theme === 'contrast' } }, true);
    }
  }

  globalThis.stage = { open, measure, measureOne, showOne, showAll, count: (lang) => of(lang).length };
}
