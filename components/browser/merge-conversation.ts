// Two tabs of one person write to the same store, each from its own memory. What one knows, the other's write
// must not take back: marks and cursors only rise, and a stretch of log is claimed only where it is one stretch.

import type { Seq } from "../../core/domain/ids";
import type { Watermarks } from "../../core/domain/inbox-row";
import type { StoredConversation } from "../../core/client/ports/store";

export type Stretch = Pick<StoredConversation, "from" | "cursor">;

/**
 * The stretch that is stored once both are: their union where they touch. "incoming" or "stored" when they do
 * not: the one that reaches further is kept alone, since a stretch has no holes.
 */
export function joinStretches(stored: Stretch, incoming: Stretch): Stretch | "incoming" | "stored" {
  const touch = incoming.from <= stored.cursor + 1 && stored.from <= incoming.cursor + 1;
  if (touch)
    return { from: lower(stored.from, incoming.from), cursor: higher(stored.cursor, incoming.cursor) };
  return incoming.cursor > stored.cursor ? "incoming" : "stored";
}

/** Everything about the conversation but its stretch, for which the incoming one's is taken. */
export function mergeConversation(
  stored: StoredConversation,
  incoming: StoredConversation,
): StoredConversation {
  const furtherRead = stored.mine.read > incoming.mine.read ? stored : incoming;
  const furtherTail = stored.tail > incoming.tail ? stored : incoming;
  return {
    // With the tail go its tally and its preview.
    ...furtherTail,
    peer: incoming.peer,
    from: incoming.from,
    cursor: incoming.cursor,
    activeAt: Math.max(stored.activeAt, incoming.activeAt),
    floor: higher(stored.floor, incoming.floor),
    mine: higherMarks(stored.mine, incoming.mine),
    tallyAtRead: furtherRead.tallyAtRead,
    theirs: higherMarks(stored.theirs, incoming.theirs),
  };
}

const higher = (one: Seq, other: Seq): Seq => (one > other ? one : other);
const lower = (one: Seq, other: Seq): Seq => (one < other ? one : other);
const higherMarks = (one: Watermarks, other: Watermarks): Watermarks => ({
  delivered: higher(one.delivered, other.delivered),
  read: higher(one.read, other.read),
});
