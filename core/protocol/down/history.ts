import * as v from "valibot";
import { conversation, instant, ref, seq } from "../shapes";

/** Each version stands under the slot of the edit that said it; the first under the message's own. */
export const versions = v.object({
  type: v.literal("history"),
  ref,
  conversation,
  seq,
  versions: v.array(v.object({ seq, at: instant, text: v.string() })),
  /** There are older ones, below the last of these. */
  more: v.boolean(),
});
