import type { Entry } from "../entry";
import type { ConversationId, Seq } from "../ids";

/**
 * The append-only log of a conversation: one item an entry, slots filled 1, 2, 3 … without a gap.
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
}
