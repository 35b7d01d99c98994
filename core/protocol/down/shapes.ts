// The pieces that several of the server's frames share.

import * as v from "valibot";
import { REFUSAL_CODES } from "../../domain/refusal";
import { conversation, device, emoji, handle, id, instant, messageBody, name, seq } from "../shapes";

/** How many messages each has written; as a seq, a whole number from 0 on. */
export const tally = v.record(id, seq);
export const refusalCode = v.picklist(REFUSAL_CODES);
export const state = v.variant("is", [
  v.object({ is: v.literal("open") }),
  v.object({ is: v.literal("closed"), by: v.array(id) }),
]);
export const marks = v.object({ delivered: seq, read: seq });
export const person = v.object({ user: id, name, handle });
export const presence = v.variant("is", [
  v.object({ is: v.literal("online") }),
  v.object({ is: v.literal("offline"), lastSeenAt: v.optional(instant) }),
]);

const placed = {
  conversation,
  seq,
  id,
  from: id,
  device,
  at: instant,
  tally,
  state,
};

export const entry = v.variant("kind", [
  v.object({
    kind: v.literal("message"),
    body: v.object(messageBody.entries),
    /** Absent: it says what it said at first. */
    edited: v.optional(v.object({ seq, at: instant })),
    /** By person. Without an emoji: taken away. */
    reactions: v.optional(v.record(id, v.object({ seq, emoji: v.optional(emoji) }))),
    ...placed,
  }),
  v.object({ kind: v.literal("edit"), target: seq, body: v.object(messageBody.entries), ...placed }),
  v.object({ kind: v.literal("delete"), target: seq, ...placed }),
  v.object({ kind: v.literal("reaction"), target: seq, emoji: v.optional(emoji), ...placed }),
  /** What is left of a message that was deleted, and of its edits. */
  v.object({ kind: v.literal("erased"), was: v.picklist(["message", "edit"]), ...placed }),
  v.object({ kind: v.literal("closed"), ...placed }),
  v.object({ kind: v.literal("opened"), ...placed }),
]);

/** One line of the list of conversations. */
export const summary = v.object({
  conversation,
  peer: person,
  activeAt: instant,
  /** This person's own watermarks, and the tally at `read`. */
  mine: marks,
  tallyAtRead: tally,
  /** The other's: what ticks are drawn from. */
  theirs: marks,
  /** The tail of the log; absent while nobody has written. A long text is cut to a preview: sync has all of it. */
  tail: v.optional(entry),
  /** Whether `tail` was cut. */
  cut: v.optional(v.literal(true)),
});
