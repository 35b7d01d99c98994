// A text that is too long for one message, as several: each as long as it may be, and cut where a reader pauses.

import { charactersOf } from "./characters";
import { CHARACTER_CODE_POINTS, SEND_ENTRIES, TEXT_BYTES, TEXT_CHARACTERS } from "./limits";
import { isBlank, normalizeText, wireBytesOf } from "./text";

/** `rest`: the text behind this part, so that a draft can lose each part as soon as it is stored. */
export type TextPart = { readonly text: string; readonly rest: string };

/** A part ends in the second half of what it could hold: an early pause would make many short messages. */
const LEAST_SHARE = 0.5;
/** Seen besides, so that a pause right behind the most that a part can hold is found. */
const AHEAD_UNITS = 40;

/** White space between two parts, which neither of them needs. Behind a line feed the indent of the next line stays. */
const BLANK_LINES = /^(?:[^\S\n]*\n)+/;
const BLANK_LINES_OR_SPACES = /^(?:[^\S\n]*\n)+|^[^\S\n]+/;

/** Undefined: a character has too many marks, or the text would be more messages than one may send at once. */
export function splitText(raw: string): readonly TextPart[] | undefined {
  const text = normalizeText(raw);
  const parts: TextPart[] = [];
  for (let at = 0; at < text.length;) {
    const ends = endsWithin(text.slice(at));
    if (ends === undefined) return undefined;
    const length = cutOf(text.slice(at), ends);
    const part = text.slice(at, at + length).trimEnd();
    at += length;
    const between = text[at - 1] === "\n" ? BLANK_LINES : BLANK_LINES_OR_SPACES;
    at += between.exec(text.slice(at))?.[0].length ?? 0;
    if (!isBlank(part)) parts.push({ text: part, rest: text.slice(at) });
    if (parts.length > SEND_ENTRIES) return undefined;
  }
  return parts;
}

/** Where the characters end of which one message takes all, in order. Undefined: one of them is too long for any. */
function endsWithin(text: string): readonly number[] | undefined {
  const ends: number[] = [];
  let [end, bytes] = [0, 0];
  for (const character of charactersOf(text)) {
    if ([...character].length > CHARACTER_CODE_POINTS) return undefined;
    bytes += wireBytesOf(character);
    if (ends.length === TEXT_CHARACTERS || bytes > TEXT_BYTES) break;
    ends.push((end += character.length));
  }
  return ends;
}

/** How much of the text becomes the first part. */
function cutOf(text: string, ends: readonly number[]): number {
  const most = ends.at(-1) ?? 0;
  if (most === text.length) return most;
  const seen = text.slice(0, most + AHEAD_UNITS);
  const betweenCharacters = new Set(ends);
  const least = most * LEAST_SHARE;
  for (const pausesOf of [paragraphs, lines, sentences, spaces, words]) {
    const pauses = pausesOf(seen).filter((at) => at >= least && at <= most && betweenCharacters.has(at));
    if (pauses.length > 0) return Math.max(...pauses);
  }
  return most;
}

const paragraphs = (text: string) => behind(text, /\n(?:[^\S\n]*\n)+/g);
const lines = (text: string) => behind(text, /\n/g);
const spaces = (text: string) => behind(text, /[^\S\n]+/g);
/** Also of scripts that have other marks at the end of a sentence than a full stop. */
const sentences = (text: string) => segmentsOf(text, "sentence").map(({ index }) => index);
/** Of scripts without spaces. A word begins there, so that no full stop or bracket comes to stand alone. */
const words = (text: string) =>
  segmentsOf(text, "word").flatMap(({ index, isWordLike }) => (isWordLike ? [index] : []));

const behind = (text: string, pattern: RegExp): readonly number[] =>
  [...text.matchAll(pattern)].map((match) => match.index + match[0].length);

const segmentsOf = (text: string, granularity: "sentence" | "word"): readonly Intl.SegmentData[] =>
  "Segmenter" in Intl ? [...new Intl.Segmenter("en", { granularity }).segment(text)] : [];
