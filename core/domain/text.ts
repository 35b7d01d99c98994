// What becomes of the text that a person typed, before it is stored anywhere. The composer and the server use the
// same functions, so that what a device shows while a message waits is, bit for bit, what the log will hold.

import { TEXT_BYTES } from "./limits";
import { utf8Length } from "./utf8-length";

/** Half of a character, from a text that was cut in its middle. UTF-8 cannot say it, so no store could keep it. */
const LONE_SURROGATE = /\p{Surrogate}/gu;
/** All controls but tab and line feed. Nobody types them, and JSON would make six bytes of each. */
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;
/** Only these: white space, controls, joiners and other zero-width signs, fillers, and the blank Braille pattern. */
const NOTHING_VISIBLE = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Composed (NFC), with "\n" for line ends, without controls, a lone surrogate replaced by U+FFFD. Idempotent. */
export function normalizeText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(CONTROL, "").replace(LONE_SURROGATE, "\uFFFD").normalize("NFC");
}

export const isBlank = (text: string): boolean => NOTHING_VISIBLE.test(text);

export type TextCheck =
  { readonly is: "fine"; readonly text: string } | { readonly is: "empty" } | { readonly is: "too-long" };

/** A message's text as it will be stored, or why it cannot be. */
export function checkText(raw: string): TextCheck {
  const text = normalizeText(raw);
  if (isBlank(text)) return { is: "empty" };
  return utf8Length(text) > TEXT_BYTES ? { is: "too-long" } : { is: "fine", text };
}

/** The first `count` characters, or fewer where they take more bytes than that; never half of one. */
export function firstCharacters(text: string, count: number, maxBytes = Infinity): string {
  let [end, characters, bytes] = [0, 0, 0];
  for (const character of text) {
    characters += 1;
    bytes += utf8Length(character);
    if (characters > count || bytes > maxBytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}
