// Where the line above the first unread message stands.
//
//             the log has caught up,           the person looks away
//             and the first unread is loaded
//   opening ------------------------------> fixed ----------------------> away
//   (above the first of the other's         (it stays where it is,        (above the first of the other's
//    that was not read at opening)           until the person answers)     that is not read by now)
//                                            ^                             |
//                                            '-----------------------------'  the person looks again

import type { EntryView, MessageView, TimelineView } from "../../core/client/views";
import type { EntryId, Seq } from "../../core/domain/ids";
import { holdsFirstUnread } from "./seen-messages";

export type UnreadLine =
  | { readonly is: "opening" }
  /** `own`: this person's last message at the time when the line was fixed. */
  | { readonly is: "fixed"; readonly at: Seq | undefined; readonly own: EntryId | undefined }
  | { readonly is: "away" };

type Shown = Pick<TimelineView, "entries" | "readAtOpening" | "read" | "loadedFrom" | "hasOlder">;

/** The log has caught up, and the person looks. */
export function fixLine(line: UnreadLine, shown: Shown): UnreadLine {
  if (line.is !== "fixed") return { is: "fixed", at: lineAt(line, shown), own: lastOwn(shown.entries)?.id };
  return line.at !== undefined && hasAnswered(line.at, line.own, shown) ? { ...line, at: undefined } : line;
}

export const lookAway = (line: UnreadLine): UnreadLine => (line.is === "away" ? line : { is: "away" });

export function lineAt(line: UnreadLine, shown: Shown): Seq | undefined {
  if (line.is === "fixed") return line.at;
  const read = line.is === "away" ? shown.read : shown.readAtOpening;
  if (!holdsFirstUnread(shown, read)) return undefined;
  return shown.entries.find(
    ({ seq, mine, kind }) => kind === "message" && !mine && seq !== undefined && seq > read,
  )?.seq;
}

/** A page of older entries may bring older messages of this person, which are not answers. */
function hasAnswered(at: Seq, before: EntryId | undefined, { entries }: Shown): boolean {
  const own = lastOwn(entries);
  return own !== undefined && own.id !== before && (own.seq === undefined || own.seq > at);
}

function lastOwn(entries: readonly EntryView[]): MessageView | undefined {
  for (let index = entries.length - 1; index >= 0; index--) {
    const entry = entries[index];
    if (entry?.kind === "message" && entry.mine) return entry;
  }
  return undefined;
}
