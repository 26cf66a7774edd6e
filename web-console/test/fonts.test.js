import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { codePoints } from './woff2.js';

// No customer sees a box instead of a letter: each character of every catalogue is in a font that is
// shipped, and in the range for which the page fetches that font.

const here = (path) => new URL(path, import.meta.url);
const CATALOGUES = here('../../controller/src/main/resources/text/');
const CSS = readFileSync(here('../css/tokens.css'), 'utf8');

// What the controller adds by code: amounts, signs, and the accents of the pseudo-language.
const WRITTEN = '0123456789€+−×.,:/ÅÉÎÖÛÝÇÑŠŽåéîöûýçñšž';

const faces = [...CSS.matchAll(/@font-face \{([^}]*)\}/g)].map(([, body]) => ({
  family: /font-family: '?([^';]+)/.exec(body)[1],
  file: /url\('\.\.\/fonts\/([^']+)'\)/.exec(body)[1],
  ranges: [...(/unicode-range: ([^;]+)/.exec(body)?.[1] ?? 'U+0-10FFFF').matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g)].map(
    ([, from, to]) => [parseInt(from, 16), parseInt(to ?? from, 16)],
  ),
}));
for (const face of faces) face.has = codePoints(readFileSync(here(`../fonts/${face.file}`)));

const draws = (face, code) => face.ranges.some(([from, to]) => from <= code && code <= to) && face.has.has(code);
const isDrawn = (code) => faces.some((face) => draws(face, code));

/** The characters of a catalogue's texts that need a glyph: no spaces, no marks without a shape. */
function charactersOf(file) {
  const text = readFileSync(new URL(file, CATALOGUES), 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.slice(line.indexOf('=') + 1))
    .join('')
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return [...new Set(text + WRITTEN)].filter((character) => !/[\s\p{Cf}]/u.test(character));
}

const catalogues = readdirSync(CATALOGUES).filter((file) => file.endsWith('.properties'));

test('there are catalogues and fonts to look at', () => {
  assert.ok(catalogues.length >= 6);
  assert.deepEqual(faces.map(({ family }) => family), ['Figtree', 'Figtree', 'Noto Sans Arabic', 'Noto Sans Devanagari']);
});

for (const file of catalogues) {
  test(`every character of ${file} has a glyph`, () => {
    const boxes = charactersOf(file).filter((character) => !isDrawn(character.codePointAt(0)));
    assert.deepEqual(boxes, []);
  });
}

test('a character that no font has would be found', () => {
  assert.equal(isDrawn('字'.codePointAt(0)), false);
  assert.equal(isDrawn('क'.codePointAt(0)), true);
});

test('fonts come with their licence', () => {
  for (const { file } of faces) {
    const licence = readFileSync(here(`../fonts/${file.replace(/(-ext)?\.woff2$/, '-LICENSE.txt')}`), 'utf8');
    assert.match(licence, /SIL Open Font License/i);
  }
});

test('the families are in the order in which they are tried', () => {
  assert.match(CSS, /--sans: Figtree, 'Noto Sans Arabic', 'Noto Sans Devanagari',/);
});
