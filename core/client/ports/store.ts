import type { Emoji } from "../../domain/emoji";
import type { ConversationId, DeviceId, EntryId, Seq, UserId } from "../../domain/ids";
import type { Entry, MessageBody } from "../../domain/entry";
import type { Watermarks } from "../../domain/inbox-row";
import type { Person } from "../../domain/person";
import type { RefusalCode } from "../../domain/refusal";
import type { Tally } from "../../domain/entry";

/** An entry as the wire carries it; what only the server needs is not on a device. */
export type StoredEntry = OmitEach<Entry, "bumpedAt" | "paces" | "expiresAtSeconds" | "original" | "edits">;
type OmitEach<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export type StoredConversation = {
  readonly conversation: ConversationId;
  readonly peer: Person;
  readonly activeAt: number;
  /** The stored log is the contiguous stretch from here … */
  readonly from: Seq;
  /** … up to here: the cursor. `from` = `cursor` + 1 when nothing is stored. */
  readonly cursor: Seq;
  /** The highest seq that this device knows to exist; above `cursor` there is something to fetch. */
  readonly tail: Seq;
  /** Nothing exists at or below it. */
  readonly floor: Seq;
  readonly mine: Watermarks;
  readonly theirs: Watermarks;
  readonly tallyAtRead: Tally;
  readonly tallyAtTail: Tally;
  /** The newest entry that is known, for the list; it may be above the stretch, and cut. */
  readonly preview?: StoredEntry;
  /** What the server is known to have of `mine`; absent: all of it. */
  readonly marked?: Watermarks;
};

/** The message that is meant: its slot; or its id, for one's own that has no slot yet and waits further in front. */
export type Target = Seq | EntryId;

/** What was written or done, before it is in the log. */
export type Written =
  | { readonly kind: "message"; readonly body: MessageBody }
  | { readonly kind: "edit"; readonly target: Target; readonly body: MessageBody }
  | {
      readonly kind: "delete";
      readonly target: Target;
      /** Until then the person may change their mind. */
      readonly notBefore: number;
    }
  | { readonly kind: "reaction"; readonly target: Target; readonly emoji?: Emoji }
  | { readonly kind: "closed" | "opened" };

/** "expired": it waited for too long to be sent without being asked. */
export type FailureCode = RefusalCode | "expired";

export type OutboxItem = Written & {
  readonly conversation: ConversationId;
  readonly id: EntryId;
  /** Its place in the order of this device: rises with everything queued. */
  readonly order: number;
  readonly queuedAt: number;
  /** The log up to here has been read by this device and does not hold `id`. */
  readonly after: Seq;
  /** Where it stands in the log, of which something below is missing here: a page that is opened anew says so too. */
  readonly place?: { readonly seq: Seq; readonly at: number };
  readonly state: { readonly is: "waiting" } | { readonly is: "failed"; readonly code: FailureCode };
};

export type StoredMe = {
  readonly user: UserId;
  readonly device: DeviceId;
  readonly person?: Person;
  /** The server's time of the last welcome after which everything that had changed was listed. */
  readonly listedAt?: number;
};

/**
 * What a device keeps of one person. Each method is one transaction: all of it is stored when the promise
 * resolves, or none. Values are copied, never shared.
 */
export interface ClientStore {
  me(): Promise<StoredMe | undefined>;
  saveMe(me: StoredMe): Promise<void>;
  conversations(): Promise<readonly StoredConversation[]>;
  outbox(): Promise<readonly OutboxItem[]>;
  /** The last `limit` stored entries with seq < before, ascending. */
  entriesBefore(conversation: ConversationId, before: Seq, limit: number): Promise<readonly StoredEntry[]>;
  /**
   * Stores entries and the conversation that they extend, and takes out of the outbox what is now in the log.
   * `replaceLog` throws away what was stored of this conversation's log before. `erased` are messages that were
   * deleted: the text goes from what is stored of them and of the edits that point at them. `outbox` is written
   * as putOutbox would.
   */
  saveLog(change: {
    readonly conversation: StoredConversation;
    readonly entries: readonly StoredEntry[];
    readonly settled: readonly EntryId[];
    readonly replaceLog?: true;
    readonly erased?: readonly Seq[];
    readonly outbox?: readonly OutboxItem[];
  }): Promise<void>;
  putOutbox(item: OutboxItem): Promise<void>;
  removeOutbox(conversation: ConversationId, id: EntryId): Promise<void>;
  /** Calls back when the browser has taken away what was stored, while this page lives. */
  whenPurged?(then: () => void): void;
  /** Everything of this person, from this device. */
  wipe(): Promise<void>;
}
