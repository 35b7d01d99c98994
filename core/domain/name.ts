import { NAME_CHARACTERS } from "./limits";
import { isBlank, normalizeText } from "./text";

/** They turn the text around them, so that a name could pose as another. */
const DIRECTION_OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/g;

/** A person's name as it will be stored: one line, trimmed. Undefined: there is nothing to see, or too much. */
export function checkName(raw: string): string | undefined {
  const name = normalizeText(raw).replace(DIRECTION_OVERRIDES, "").replace(/\s+/g, " ").trim();
  return isBlank(name) || [...name].length > NAME_CHARACTERS ? undefined : name;
}
