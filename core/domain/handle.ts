// What a person is found by. A handle that a person chose is taken as it is or refused; one that the server
// makes from a name is made to fit.

import { isHandle, type Handle } from "./ids";
import type { Random } from "./ports/clock";

/** What is longer is cut, which leaves room for a number behind it. */
const STEM_CHARACTERS = 22;
/** For a name that has no letter in it that a handle may have: 李小龍. */
const NAMELESS_STEM = "person";
/** Latin letters that do not decompose into one of a–z and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** Lower case, without the @ that people put before it. Undefined: no handle can look so. */
export function checkHandle(raw: string): Handle | undefined {
  const handle = raw.trim().replace(/^@/, "").toLowerCase();
  return isHandle(handle) ? handle : undefined;
}

/** Handles to try, the plainest first: ada, ada42, ada4217, ada421703. A number has no meaning but to be free. */
export function* handlesFor(name: string, random: Random): Generator<Handle> {
  const stem = stemOf(name);
  if (stem !== NAMELESS_STEM && isHandle(stem)) yield stem;
  for (const digits of [2, 4, 4, 6, 6, 8]) {
    const candidate = `${stem}${number(digits, random)}`;
    if (isHandle(candidate)) yield candidate;
  }
}

/** "Ada Lovelace" is ada-lovelace. */
function stemOf(name: string): string {
  const stem = name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^\x00-\x7f]/g, (letter) => LETTERS[letter] ?? "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, STEM_CHARACTERS)
    .replace(/-+$/, "");
  return stem === "" ? NAMELESS_STEM : stem;
}

const number = (digits: number, random: Random): string =>
  String(Math.floor(random() * 10 ** digits)).padStart(digits, "0");
