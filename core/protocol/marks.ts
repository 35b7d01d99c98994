import * as v from "valibot";
import { conversation, ref, seq } from "./shapes";

/** This device has stored the log up to `delivered`; the person has been shown it up to `read`. */
export const mark = v.strictObject({
  action: v.literal("mark"),
  ref,
  conversation,
  delivered: seq,
  read: v.optional(seq),
});
