// The second half of an amendment. The first, its own slot in the log, decides that it happened and in what order;
// this carries it into the message that it points at.
//
//   1  the amendment is in the log
//   2  the message at its target is changed, if no later amendment of its kind has changed it (amend.ts)
//   3  a delete: the texts of the edits that the message knew of are erased
//   3' an edit that finds its message deleted: its own text is erased
//
// A crash between any two of these leaves a message that lags behind its log. Whoever comes by does it again: the
// same send, repeated, or the relay on the log's stream. No order of repetitions makes a difference, and no text
// survives an edit and a delete that race: the message is one item, so either the edit came first and stands in
// the list that the delete finds, or it comes second and finds the message deleted.

import { erasedEdit } from "./amend";
import { isAmendment, type Entry } from "./entry";
import type { Ports } from "./ports/ports";

export type ApplyPorts = Pick<Ports, "log">;

/** Answers the entry as it stands after that: an edit of a deleted message has lost its text. */
export async function applyToTarget({ log }: ApplyPorts, entry: Entry): Promise<Entry> {
  if (!isAmendment(entry)) return entry;
  const target = await log.amend(entry);
  if (target?.kind !== "erased" || target.was !== "message") return entry;
  switch (entry.kind) {
    case "edit":
      await log.eraseEdit(entry.conversation, entry.seq);
      return erasedEdit(entry);
    case "delete":
      await Promise.all((target.edits ?? []).map((seq) => log.eraseEdit(entry.conversation, seq)));
      return entry;
    case "reaction":
      return entry;
    default:
      return entry satisfies never;
  }
}
