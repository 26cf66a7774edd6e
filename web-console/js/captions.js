// What is spoken, cut into lines that fit under the screen.

/** How long a line stays: as long as it takes to read it, and never less than two seconds. */
export const readingMs = (line) => Math.max(2000, 70 * line.length);

/**
 * The lines of a text: each as many words of one sentence as `fits(line)` lets be, so that a line
 * never begins in one thought and ends in another.
 */
export function captionLines(text, fits) {
  return sentences(text).flatMap((sentence) => {
    const lines = [];
    for (const word of sentence.split(BREAKS)) {
      const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
      if (lines.length && fits(longer)) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  });
}

// No-break spaces hold together what is one: "22. Nov.", "B. V…".
const BREAKS = /[ \n]+/;

// A full stop, also the danda of Hindi and the question mark of Arabic.
const sentences = (text) => (text ?? '').split(/(?<=[.!?।؟…])[ \n]+/).filter(Boolean);
