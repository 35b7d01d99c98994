import * as v from "valibot";
import { conversation, id, marks as watermarks, ref, seq } from "./shapes";

/** This device has stored the log up to `delivered`; the person has been shown it up to `read`. */
export const mark = v.strictObject({
  action: v.literal("mark"),
  ref,
  conversation,
  delivered: seq,
  read: v.optional(seq),
});

/** Somebody's watermarks rose: the other's, or one's own on another device. */
export const marks = v.object({
  type: v.literal("marks"),
  conversation,
  user: id,
  marks: watermarks,
});
