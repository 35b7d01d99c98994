// What a screen sees. Every view is an immutable snapshot: the same object as before when nothing in it changed,
// so that a hook is one useSyncExternalStore.

import type { ConversationId, DeviceId, EntryId, Seq, UserId } from "../domain/ids";
import type { Person, Presence } from "../domain/person";
import type { FailureCode } from "./ports/store";

/** What the person is told about the line. */
export type ConnectionView =
  | { readonly is: "connecting" }
  /** Said `hello`, or live with pages still to read. */
  | { readonly is: "catching-up" }
  | { readonly is: "live" }
  /** The browser says that there is no network. */
  | { readonly is: "offline" }
  | { readonly is: "reconnecting"; readonly retryAt: number }
  /** It will not try again by itself. */
  | { readonly is: "stopped"; readonly why: StopReason };

/** Signed out elsewhere, the session has ended, this page is too old, or the server said so. */
export type StopReason = "signed-out" | "session-ended" | "version" | "replaced" | "maintenance";

/** Ticks. They never go back. `failed` says why and can be sent again or thrown away. */
export type Progress =
  | { readonly is: "waiting" }
  | { readonly is: "sent" }
  | { readonly is: "delivered" }
  | { readonly is: "read" }
  | { readonly is: "failed"; readonly code: FailureCode };

export type MessageView = {
  readonly kind: "message";
  /** With `from`, the React key: it stays when the message gets its place in the log. */
  readonly id: EntryId;
  /** Absent while it waits for its place. */
  readonly seq?: Seq;
  readonly from: UserId;
  readonly mine: boolean;
  readonly text: string;
  /** The server's time; the device's own while it waits. */
  readonly at: number;
  /** Only on one's own. */
  readonly progress?: Progress;
  /** It says something else than at first; `at`: since when. */
  readonly edited?: { readonly at: number };
  /** The oldest first; absent when there are none. */
  readonly reactions?: readonly ReactionView[];
  /** An edit that waits for its place, or what could not be done to the message. */
  readonly change?: ChangeView;
};

export type ReactionView = {
  readonly emoji: string;
  readonly users: readonly UserId[];
  readonly mine: boolean;
};

/** `id` is what to send again or to throw away. */
export type ChangeView = {
  readonly id: EntryId;
  readonly kind: "edit" | "delete";
  readonly progress: Extract<Progress, { readonly is: "waiting" | "failed" }>;
};

/** A message that was deleted for everyone. */
export type DeletedView = {
  readonly kind: "deleted";
  readonly id: EntryId;
  readonly seq?: Seq;
  readonly from: UserId;
  readonly mine: boolean;
  readonly at: number;
  /** One's own, a moment ago: `undoDelete` takes it back until then. */
  readonly undoUntil?: number;
};

/** A block, or its end. */
export type EventView = {
  readonly kind: "closed" | "opened";
  readonly id: EntryId;
  readonly seq?: Seq;
  readonly from: UserId;
  readonly mine: boolean;
  readonly at: number;
};

export type EntryView = MessageView | DeletedView | EventView;

/** The newest of a conversation may also be what was done to an older message. */
export type LastView =
  | EntryView
  | (Pick<EventView, "id" | "from" | "mine" | "at"> &
      (
        | { readonly kind: "edit"; readonly text: string }
        | { readonly kind: "reaction"; readonly emoji?: string }
      ));

/** One line of the list. */
export type ConversationView = {
  readonly conversation: ConversationId;
  readonly peer: Person;
  readonly activeAt: number;
  readonly unread: number;
  /** The newest entry, one's own pending ones included; a long text is cut. */
  readonly last?: LastView;
  /** What was written or done here and is not in the log yet, failed or not. */
  readonly unsent: number;
  readonly peerTyping: boolean;
};

export type TimelineView = {
  readonly conversation: ConversationId;
  readonly peer: Person;
  /**
   * In order: a contiguous stretch of the log, then one's own pending messages. What changes a message is no entry
   * of its own here: it shows in the message.
   */
  readonly entries: readonly EntryView[];
  /** There are older entries that are not loaded: call `loadOlder`. */
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
  /** What this person had read when the conversation was opened: the line above the first unread goes after it. */
  readonly readAtOpening: Seq;
  /** This person has read the conversation up to here. */
  readonly read: Seq;
  /** The seq at which the loaded stretch begins. Changes of messages have a seq, and no entry in `entries`. */
  readonly loadedFrom: Seq;
  /** The log is known to hold newer entries than the stretch does. */
  readonly isBehind: boolean;
  readonly unread: number;
  readonly peerTyping: boolean;
  /** Unknown until the server has said. */
  readonly peerPresence?: Presence;
  /** Nobody writes, by whoever's block. */
  readonly closed: boolean;
  /** This person has blocked the other. */
  readonly blocked: boolean;
};

export type ListView = {
  readonly conversations: readonly ConversationView[];
  /** False until the local store has been read, and, if it was empty, the server has answered. */
  readonly loaded: boolean;
  readonly hasMore: boolean;
  readonly unreadTotal: number;
};

export type MeView =
  { readonly is: "unknown" } | { readonly is: "known"; readonly me: Person; readonly device: DeviceId };

/**
 * "memory": nothing new is kept on this device for now; it is tried again. "refused": the browser said that this page
 * may not store. "silent": it did not answer. "purged": it removed what was stored. "unknown": it gave another error.
 */
export type StorageView =
  | { readonly is: "kept" }
  | { readonly is: "memory"; readonly why: "full" | "refused" | "silent" | "purged" | "unknown" };
