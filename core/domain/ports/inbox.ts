import type { Tally } from "../entry";
import type { ConversationId, Seq, UserId } from "../ids";
import type { InboxRow, Watermarks } from "../inbox-row";

export type InboxPage = { readonly rows: readonly InboxRow[]; readonly next?: string };

export interface Inbox {
  /** Consistent. */
  row(user: UserId, conversation: ConversationId): Promise<InboxRow | undefined>;
  /** Newest activity first. `next` is opaque; a text that is not one of ours is refused `bad-frame`. */
  byActivity(user: UserId, limit: number, next?: string): Promise<InboxPage>;
  /** Makes the row if it is not there; changes nothing when it is. */
  open(user: UserId, conversation: ConversationId, at: number): Promise<InboxRow>;
  /**
   * Raises activeAt and floor on both members' rows, making them if needed, and touches nothing else. Neither
   * ever falls: each rises by itself, so an older time beside a higher floor raises the floor alone.
   */
  bump(conversation: ConversationId, members: readonly UserId[], activeAt: number, floor: Seq): Promise<void>;
  /**
   * Raises the watermarks that are higher than the stored ones (read lifts delivered with it) and answers
   * with the marks as they now stand, or "unchanged" when none rose. Never lowers one. The tally is stored
   * when read rises, and only then. Without a row it makes none and says "unchanged".
   */
  raise(user: UserId, conversation: ConversationId, marks: MarksToRaise): Promise<Watermarks | "unchanged">;
}

export type MarksToRaise = {
  readonly delivered: Seq;
  readonly read?: { readonly seq: Seq; readonly tally: Tally };
};
