// How long the text is that a person writes, and the sentence for a text that is too long.

import { measureText } from "../../core/domain/characters";
import { CHARACTER_CODE_POINTS, SEND_ENTRIES, TEXT_BYTES, TEXT_CHARACTERS } from "../../core/domain/limits";
import { checkText, normalizeText, wireBytesOf } from "../../core/domain/text";

/** From here on the characters are counted down: a tenth of a message. */
const NEAR_CHARACTERS = TEXT_CHARACTERS / 10;

export type ComposedLength =
  | { readonly is: "fine" }
  | { readonly is: "near"; readonly left: number }
  | { readonly is: "over"; readonly characters: number }
  /** Few enough characters, but too many code points in one of them or in all of them. */
  | { readonly is: "marked" };

export function lengthOf(raw: string): ComposedLength {
  const text = normalizeText(raw);
  // A character is one unit or more: short texts need no counting at every key.
  if (text.length < TEXT_CHARACTERS - NEAR_CHARACTERS)
    return { is: checkText(text).is === "too-long" ? "marked" : "fine" };
  const { characters, longest } = measureText(text);
  if (characters > TEXT_CHARACTERS) return { is: "over", characters };
  if (longest > CHARACTER_CODE_POINTS || wireBytesOf(text) > TEXT_BYTES) return { is: "marked" };
  const left = TEXT_CHARACTERS - characters;
  return left > NEAR_CHARACTERS ? { is: "fine" } : { is: "near", left };
}

/** What stands under the field while one writes. */
export function lengthLabel(length: Exclude<ComposedLength, { readonly is: "fine" }>): string {
  switch (length.is) {
    case "near":
      return `${counted(length.left)} left`;
    case "over":
      return `${counted(length.characters - TEXT_CHARACTERS)} too long`;
    case "marked":
      return "This text has too many marks";
    default:
      return length satisfies never;
  }
}

/** `parts`: how many messages the text can be sent as; undefined where it cannot be split. */
export function lengthProblem(length: ComposedLength, parts: number | undefined): string | undefined {
  const orParts = parts === undefined ? "" : `, or send it as ${parts} messages`;
  switch (length.is) {
    case "fine":
    case "near":
      return undefined;
    case "over": {
      const by = counted(length.characters - TEXT_CHARACTERS);
      const most = parts === undefined ? `, and too long for ${SEND_ENTRIES} messages` : "";
      return `This is ${by} too long for one message${most}. Shorten it${orParts}.`;
    }
    case "marked":
      return `${MARKED} Take some out${orParts}.`;
    default:
      return length satisfies never;
  }
}

/** An edit stays one message. Messages of the past may be longer than an edit of them can be. */
export function editProblem(length: ComposedLength): string | undefined {
  if (length.is === "marked") return `${MARKED} Take some out, then save it.`;
  if (length.is !== "over") return undefined;
  const most = TEXT_CHARACTERS.toLocaleString("en");
  return `An edited message has at most ${most} characters, and this one has ${length.characters.toLocaleString("en")}. Shorten it, then save it.`;
}

const MARKED = "This text has too many marks on its letters, or too many emoji made of several.";

const counted = (characters: number): string =>
  `${characters.toLocaleString("en")} ${characters === 1 ? "character" : "characters"}`;
