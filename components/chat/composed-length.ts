import { TEXT_BYTES } from "../../core/domain/limits";
import { normalizeText } from "../../core/domain/text";
import { utf8Length } from "../../core/domain/utf8-length";

/** From here on it is counted down: a tenth of what one message takes. */
const NEAR_BYTES = TEXT_BYTES / 10;

export type ComposedLength =
  { readonly is: "fine" } | { readonly is: "near" | "over"; readonly left: number };

/** Measured as the server does. */
export function lengthOf(text: string): ComposedLength {
  // A character takes at most three bytes a unit: short texts need no measuring at every key.
  if (text.length * 3 < TEXT_BYTES - NEAR_BYTES) return { is: "fine" };
  const left = TEXT_BYTES - utf8Length(normalizeText(text));
  if (left > NEAR_BYTES) return { is: "fine" };
  return { is: left < 0 ? "over" : "near", left };
}
