// A person's own view of a conversation.
//
//   { user: "1f…a", conversation: "d.1f…a.7c…e", activeAt: 1767225580000, floor: 10041, delivered: 42, read: 40,
//     tallyAtRead: { "1f…a": 20, "7c…e": 20 } }
//
// Unread is not stored: it is the tally of the others at the tail less their tally at `read`.

import { countOf, type Tally } from "./entry";
import type { ConversationId, Seq, UserId } from "./ids";

/** What a person's devices have stored and what has been shown to them. They only rise; read <= delivered. */
export type Watermarks = { readonly delivered: Seq; readonly read: Seq };

export type InboxRow = Watermarks & {
  readonly user: UserId;
  readonly conversation: ConversationId;
  /** Coarse: bumped at most every BUMP_EVERY_MS. */
  readonly activeAt: number;
  /** No seq up to this one may be given again, even when the whole log has expired. */
  readonly floor: Seq;
  /** The tally of the entry at `read`. */
  readonly tallyAtRead: Tally;
};

export const marksOf = ({ delivered, read }: InboxRow): Watermarks => ({ delivered, read });

export function unreadOf(tail: Tally, atRead: Tally, user: UserId): number {
  const others = (tally: Tally) =>
    Object.keys(tally).reduce((sum, key) => (key === user ? sum : sum + countOf(tally, key as UserId)), 0);
  return Math.max(0, others(tail) - others(atRead));
}
