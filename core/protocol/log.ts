import * as v from "valibot";
import { SEND_ENTRIES } from "../domain/limits";
import { conversation, device, emoji, id, messageBody, ref, seq } from "./shapes";

/** `target`: the slot of the message that is meant. A reaction without an emoji takes one's own away. */
const draft = v.variant("kind", [
  v.strictObject({ kind: v.literal("message"), id, body: messageBody }),
  v.strictObject({ kind: v.literal("edit"), id, target: seq, body: messageBody }),
  v.strictObject({ kind: v.literal("delete"), id, target: seq }),
  v.strictObject({ kind: v.literal("reaction"), id, target: seq, emoji: v.optional(emoji) }),
  v.strictObject({ kind: v.literal("closed"), id }),
  v.strictObject({ kind: v.literal("opened"), id }),
]);

/** One to twenty entries of one conversation, in order. `after`: the log up to here holds none of them. */
export const send = v.strictObject({
  action: v.literal("send"),
  ref,
  conversation,
  device,
  after: seq,
  entries: v.pipe(v.array(draft), v.minLength(1), v.maxLength(SEND_ENTRIES)),
});

/** A page after or before a seq. `marks`: with one's own watermarks. */
export const sync = v.union([
  v.strictObject({
    action: v.literal("sync"),
    ref,
    conversation,
    after: seq,
    marks: v.optional(v.literal(true)),
  }),
  v.strictObject({ action: v.literal("sync"), ref, conversation, before: seq }),
]);
