import * as v from "valibot";
import { conversation, ref, seq } from "./shapes";

/** What a message has said so far, from the newest down; `below`: from where the page before ended. */
export const history = v.strictObject({
  action: v.literal("history"),
  ref,
  conversation,
  seq,
  below: v.optional(seq),
});
