import * as v from "valibot";
import { SEND_ENTRIES } from "../domain/limits";
import {
  conversation,
  device,
  emoji,
  entry,
  id,
  instant,
  messageBody,
  ref,
  seq,
  state,
  tally,
} from "./shapes";

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

/** Where an entry of a `send` now stands. */
export const appended = v.object({ id, seq, at: instant, tally, state });

/** A page after or before a seq. */
export const sync = v.union([
  v.strictObject({ action: v.literal("sync"), ref, conversation, after: seq }),
  v.strictObject({ action: v.literal("sync"), ref, conversation, before: seq }),
]);

/** Entries ascending. There is more when the last is below `tail` (after) or the first is above `floor` + 1 (before). */
export const page = v.object({
  type: v.literal("page"),
  ref,
  conversation,
  entries: v.array(entry),
  tail: seq,
  floor: seq,
});

/** New entries of one conversation, pushed to every device of both members but the one that wrote them. */
export const pushedEntries = v.object({
  type: v.literal("entries"),
  entries: v.pipe(v.array(entry), v.minLength(1)),
});
