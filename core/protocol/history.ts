import * as v from "valibot";
import { conversation, instant, ref, seq } from "./shapes";

/** What a message has said so far, from the newest down; `below`: from where the page before ended. */
export const history = v.strictObject({
  action: v.literal("history"),
  ref,
  conversation,
  seq,
  below: v.optional(seq),
});

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
