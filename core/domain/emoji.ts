// What a reaction may be: one emoji, as its keyboard writes it.

import { EMOJI_BYTES } from "./limits";
import { utf8Length } from "./utf8-length";

declare const emoji: unique symbol;
export type Emoji = string & { readonly [emoji]: true };

/** One picture, with its skin and its variation: 👍🏽, ❤️. The tags are those of flags such as Scotland's. */
const PICTURE =
  "\\p{Extended_Pictographic}\\uFE0F?\\p{Emoji_Modifier}?(?:[\\u{E0020}-\\u{E007E}]+\\u{E007F})?";
/** Two letters of a flag, a key, or pictures that are joined into one: 🇫🇷, 5️⃣, 👩‍🔬. */
const ONE = new RegExp(`^(?:\\p{RI}\\p{RI}|[0-9#*]\\uFE0F\\u20E3|${PICTURE}(?:\\u200D${PICTURE})*)$`, "u");
/** Without a variation selector these are drawn as letters: ❤, ☀, ©. */
const DRAWN_AS_TEXT = /^\p{Extended_Pictographic}$/u;
const DRAWN_AS_EMOJI = /^\p{Emoji_Presentation}$/u;

/** The emoji that was meant, or undefined when it is none, or more than one. Idempotent. */
export function checkEmoji(raw: string): Emoji | undefined {
  const text = raw.trim().normalize("NFC");
  const bare = DRAWN_AS_TEXT.test(text) && !DRAWN_AS_EMOJI.test(text);
  const whole = bare ? `${text}\uFE0F` : text;
  return isEmoji(whole) ? whole : undefined;
}

export const isEmoji = (text: string): text is Emoji => utf8Length(text) <= EMOJI_BYTES && ONE.test(text);
