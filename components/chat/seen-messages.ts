// What counts as seen, and how far that makes the conversation read.
//
//   1  a few times a second the list is looked at: which messages are in sight, in a page that has the focus
//   2  a message that was in sight in each look for SEEN_MS is seen
//   3  the conversation is read up to the last message before the first one of the other that was not seen
//
// Only the time between two looks counts, and at most LONGEST_LOOK_MS of that time: a busy page looks late, and the list
// may have moved in between.

import type { TimelineView } from "../../core/client/views";
import type { Seq } from "../../core/domain/ids";

export const SEEN_MS = 500;
export const LOOK_EVERY_MS = 100;
const LONGEST_LOOK_MS = 200;

/** From top to bottom, in pixels of the page. */
export type Span = { readonly top: number; readonly bottom: number };

export type Looked = {
  readonly at: number;
  /** How long each message has been in sight. */
  readonly inSightMs: ReadonlyMap<Seq, number>;
};

export const NOT_LOOKED: Looked = { at: -Infinity, inSightMs: new Map() };

/** At least half of the message, or half of the window, is inside of the window. */
export function isInSight(message: Span, window: Span): boolean {
  const shown = Math.min(message.bottom, window.bottom) - Math.max(message.top, window.top);
  const whole = Math.min(message.bottom - message.top, window.bottom - window.top);
  return shown > 0 && shown >= whole / 2;
}

/** `inSight` is empty while the page does not have the focus. Returns the messages that were in sight for SEEN_MS. */
export function look(
  before: Looked,
  { at, inSight }: { readonly at: number; readonly inSight: readonly Seq[] },
): { readonly looked: Looked; readonly seen: readonly Seq[] } {
  const passedMs = Math.max(0, Math.min(at - before.at, LONGEST_LOOK_MS));
  const inSightMs = new Map(
    inSight.map((seq) => {
      const beforeMs = before.inSightMs.get(seq);
      return [seq, beforeMs === undefined ? 0 : beforeMs + passedMs] as const;
    }),
  );
  return { looked: { at, inSightMs }, seen: inSight.filter((seq) => (inSightMs.get(seq) ?? 0) >= SEEN_MS) };
}

/**
 * How far the conversation is read, with the messages that were seen. A person's own messages need not be seen. While
 * entries between the last read entry and the first loaded entry are missing, the conversation is read no further.
 */
export function readUpTo(timeline: Unread, isSeen: (seq: Seq) => boolean): Seq {
  let upTo = timeline.read;
  if (!holdsFirstUnread(timeline, upTo)) return upTo;
  for (const { seq, mine } of timeline.entries) {
    if (seq === undefined) break;
    if (seq <= timeline.read) continue;
    if (!mine && !isSeen(seq)) break;
    upTo = seq;
  }
  return upTo;
}

type Unread = Pick<TimelineView, "entries" | "read" | "loadedFrom" | "hasOlder">;

/** Whether every entry above `read` that still exists is loaded. */
export const holdsFirstUnread = (
  { loadedFrom, hasOlder }: Pick<TimelineView, "loadedFrom" | "hasOlder">,
  read: Seq,
): boolean => !hasOlder || loadedFrom <= read + 1;
