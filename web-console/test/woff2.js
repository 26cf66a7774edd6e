import { brotliDecompressSync } from 'node:zlib';

// Which characters a WOFF2 font has glyphs for (W3C WOFF 2.0, section 4; OpenType, table cmap).

const HEADER = 48;
const GLYF = 10;
const LOCA = 11;
const ANY_TAG = 63;

/** The code points in the font's character map. */
export function codePoints(bytes) {
  if (bytes.toString('latin1', 0, 4) !== 'wOF2') throw new Error('not a WOFF2 font');
  return mapped(cmapOf(bytes));
}

/** The table cmap is the first of the known tags, and is never transformed. */
function cmapOf(bytes) {
  let at = HEADER;
  let offset = 0;
  let cmap = null;
  const number = () => {
    let value = 0;
    for (;;) {
      const byte = bytes[at++];
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
  };
  for (let tables = bytes.readUInt16BE(12); tables > 0; tables--) {
    const flags = bytes[at++];
    const tag = flags & 0x3f;
    if (tag === ANY_TAG) at += 4;
    const length = number();
    const untransformed = tag === GLYF || tag === LOCA ? 3 : 0;
    const stored = flags >> 6 === untransformed ? length : number();
    if (tag === 0) cmap = [offset, offset + length];
    offset += stored;
  }
  const compressed = bytes.subarray(at, at + bytes.readUInt32BE(20));
  return brotliDecompressSync(compressed).subarray(...cmap);
}

function mapped(cmap) {
  const found = new Set();
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const table = cmap.subarray(cmap.readUInt32BE(4 + i * 8 + 4));
    const format = table.readUInt16BE(0);
    if (format === 4) segments(table, found);
    else if (format === 12) groups(table, found);
  }
  return found;
}

function segments(table, found) {
  const doubled = table.readUInt16BE(6);
  for (let at = 0; at < doubled; at += 2) {
    const end = table.readUInt16BE(14 + at);
    const start = table.readUInt16BE(16 + doubled + at);
    const delta = table.readUInt16BE(16 + 2 * doubled + at);
    const place = 16 + 3 * doubled + at;
    const range = table.readUInt16BE(place);
    for (let code = start; code <= end && code < 0xffff; code++) {
      const glyph = range === 0 ? (code + delta) & 0xffff : table.readUInt16BE(place + range + 2 * (code - start));
      if (glyph !== 0) found.add(code);
    }
  }
}

function groups(table, found) {
  for (let i = 0; i < table.readUInt32BE(12); i++) {
    const at = 16 + i * 12;
    for (let code = table.readUInt32BE(at); code <= table.readUInt32BE(at + 4); code++) found.add(code);
  }
}
