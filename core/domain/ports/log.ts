import type { Amendment, Entry, Erased, Message } from "../entry";
import type { ConversationId, Seq } from "../ids";

/**
 * The append-only log of a conversation: one item an entry, slots filled 1, 2, 3 … without a gap. What stands in
 * a slot keeps its id, its sender and its place for ever; an amendment changes what a message says.
 * Reads are consistent: what was appended before the call began is in the answer. A read of several
 * entries is not a snapshot, so it may show slot 8 and lack slot 7 that was filled a moment earlier:
 * whoever relies on density checks it (see domain/read-dense.ts).
 */
export interface Log {
  /** Entries with seq >= from, ascending, `limit` at the most. */
  readFrom(conversation: ConversationId, from: Seq, limit: number): Promise<readonly Entry[]>;
  /** Entries with seq < before, the last `limit` of them, ascending. */
  readBefore(conversation: ConversationId, before: Seq, limit: number): Promise<readonly Entry[]>;
  /** The entry with the highest seq. */
  tail(conversation: ConversationId): Promise<Entry | undefined>;
  /** Puts the entry at its slot if nothing is there. "taken" changes nothing. */
  append(entry: Entry): Promise<"appended" | "taken">;
  /**
   * Changes the message that the amendment points at as amendedEntry says (amend.ts), and answers with it as it
   * then stands; undefined when no message ever stood there or it has expired. Many at once all take effect.
   */
  amend(amendment: Amendment): Promise<Message | Erased | undefined>;
  /** Takes the text from the edit at this slot. Nothing happens where there is no edit, or none any more. */
  eraseEdit(conversation: ConversationId, seq: Seq): Promise<void>;
}
