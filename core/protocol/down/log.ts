import * as v from "valibot";
import { conversation, id, instant, ref, seq } from "../shapes";
import { entry, marks, state, tally } from "./shapes";

/** Where an entry of a `send` now stands. */
export const appended = v.object({ id, seq, at: instant, tally, state });

/** Entries ascending. There is more when the last is below `tail` (after) or the first is above `floor` + 1 (before). */
export const page = v.object({
  type: v.literal("page"),
  ref,
  conversation,
  entries: v.array(entry),
  tail: seq,
  floor: seq,
  /** One's own watermarks as the server has them, where they were asked for. */
  mine: v.optional(marks),
});

/** New entries of one conversation, pushed to every device of both members but the one that wrote them. */
export const pushedEntries = v.object({
  type: v.literal("entries"),
  entries: v.pipe(v.array(entry), v.minLength(1)),
});
