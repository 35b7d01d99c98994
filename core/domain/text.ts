// Normalizes and checks a typed text before it is stored anywhere. The composer and the server use the
// same functions, so that a waiting message on a device is, bit for bit, the one that the log will hold.
//
//   a person        2,000 characters (TEXT_CHARACTERS), which a device counts: checkWritten
//   the wire        16,000 bytes (TEXT_BYTES) and 16 code points a character, which the server checks: checkText
//
// Ordinary text of any script meets the first limit first. See decision 0076.

import { charactersOf, measureText } from "./characters";
import { CHARACTER_CODE_POINTS, TEXT_BYTES, TEXT_CHARACTERS } from "./limits";
import { utf8Length } from "./utf8-length";

/** Half of a character, from a text that was cut in its middle. UTF-8 cannot say it, so no store could keep it. */
const LONE_SURROGATE = /\p{Surrogate}/gu;
/** All controls but tab and line feed. Nobody types them, and JSON would make six bytes of each. */
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;
/** Only these: white space, controls, joiners and other zero-width signs, fillers, and the blank Braille pattern. */
const NOTHING_VISIBLE = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;
/** JSON writes two bytes for each of these, of all that a normalized text may contain. */
const ESCAPED = /["\\\n\t]/g;
/** Marks, joiners, skin tones, letters of old Korean: the code points that a character goes on with. */
const GOING_ON = "\\p{M}\\p{Cf}\\p{Lm}\\p{Emoji_Modifier}\u0E33\u0EB3\u1100-\u11FF\uA960-\uA97F\uD7B0-\uD7FF";
/**
 * A character of more than 16 code points contains eight of them, with at most one other code point between two of them.
 * Few texts do. The others need no segmenter, whose making costs a freshly started function tens of milliseconds.
 */
const MAY_BE_LONG = new RegExp(`(?:[${GOING_ON}][^${GOING_ON}]?){8}`, "u");

/** Composed (NFC), with "\n" for line ends, without controls, a lone surrogate replaced by U+FFFD. Idempotent. */
export function normalizeText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(CONTROL, "").replace(LONE_SURROGATE, "\uFFFD").normalize("NFC");
}

export const isBlank = (text: string): boolean => NOTHING_VISIBLE.test(text);

/** The bytes of a normalized text in a frame: UTF-8 between the quotes of JSON. */
export const wireBytesOf = (text: string): number => utf8Length(text) + (text.match(ESCAPED)?.length ?? 0);

export type TextCheck =
  { readonly is: "fine"; readonly text: string } | { readonly is: "empty" } | { readonly is: "too-long" };

/** A message's text as it will be stored, or why the log does not take it. */
export function checkText(raw: string): TextCheck {
  const text = normalizeText(raw);
  if (isBlank(text)) return { is: "empty" };
  if (wireBytesOf(text) > TEXT_BYTES || hasLongCharacter(text)) return { is: "too-long" };
  return { is: "fine", text };
}

/** The same for a text that a person writes now. */
export function checkWritten(raw: string): TextCheck {
  const checked = checkText(raw);
  if (checked.is !== "fine" || checked.text.length <= TEXT_CHARACTERS) return checked;
  return measureText(checked.text).characters > TEXT_CHARACTERS ? { is: "too-long" } : checked;
}

const hasLongCharacter = (text: string): boolean =>
  MAY_BE_LONG.test(text) && measureText(text).longest > CHARACTER_CODE_POINTS;

/** The first `count` characters, or fewer where they take more bytes of a frame than that; never half of one. */
export function firstCharacters(text: string, count: number, maxBytes = Infinity): string {
  let [end, characters, bytes] = [0, 0, 0];
  for (const character of charactersOf(text)) {
    characters += 1;
    bytes += wireBytesOf(character);
    if (characters > count || bytes > maxBytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}
