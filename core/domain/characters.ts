// A character is a grapheme cluster: what a person counts as one, and what one press of the backspace key is about.
// The letter é, the syllable क्षि, the flag 🇫🇷 and the family 👨‍👩‍👧‍👦 are one each. Versions of Unicode differ in where
// a few clusters end, so a device and the server may count differently. See decision 0076.

/** Made once, when a text first needs it: it loads tables, which a function must not do while it starts. */
let segmenter: Intl.Segmenter | undefined;

/**
 * Characters looked for at once. Some engines (V8 before 2024) take a time that grows with the square of the text, so
 * a text is taken in pieces; most characters are one or two units long.
 */
const PIECE_UNITS = 256;

/** The characters of a text, in order. Joined they are the text. */
export function* charactersOf(text: string): Generator<string> {
  // Firefox before 125 has no segmenter. A code point is the next best: it counts a few characters twice.
  if (!("Segmenter" in Intl)) return yield* text;
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  let [at, units] = [0, PIECE_UNITS];
  while (at < text.length) {
    const end = at + units;
    const isLast = end >= text.length;
    // Not between the two halves of a code point, of which neither says what it is.
    const piece = text.slice(at, !isLast && isHighHalf(text.charCodeAt(end - 1)) ? end - 1 : end);
    let last: string | undefined;
    for (const { segment } of segmenter.segment(piece)) {
      if (last !== undefined) {
        yield last;
        at += last.length;
      }
      last = segment;
    }
    // The last one of a piece may go on behind it. When it fills the whole piece, a longer piece shows its end.
    units = last === piece ? units * 2 : PIECE_UNITS;
    if (!isLast) continue;
    if (last !== undefined) yield last;
    return;
  }
}

const isHighHalf = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;

export type TextMeasure = {
  readonly characters: number;
  /** Code points of the longest character. */
  readonly longest: number;
};

export function measureText(text: string): TextMeasure {
  let [characters, longest] = [0, 0];
  for (const character of charactersOf(text)) {
    characters += 1;
    if (character.length > longest) longest = Math.max(longest, [...character].length);
  }
  return { characters, longest };
}
