import { FRAME_BYTES } from "../domain/limits";
import { utf8Length } from "../domain/utf8-length";

/** A `page` without its entries, at its longest: type, ref, conversation and two seqs with their names. */
const ENVELOPE_BYTES = 300;

/** How many of the items, from the first on, fit into one frame: at least one, for each alone does. */
export function fitting(items: readonly unknown[]): number {
  let bytes = ENVELOPE_BYTES;
  for (const [index, item] of items.entries()) {
    bytes += utf8Length(JSON.stringify(item)) + 1;
    if (bytes > FRAME_BYTES) return Math.max(1, index);
  }
  return items.length;
}
