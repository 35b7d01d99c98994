// What the app may ask of the client. The joining of its parts is in chat-client.ts.

import type { Version } from "../domain/history";
import type { ConversationId, EntryId, Seq, UserId } from "../domain/ids";
import type { Person } from "../domain/person";
import type { RefusalCode } from "../domain/refusal";
import type { ConnectionView, ListView, MeView, StorageView, TimelineView } from "./views";

/** A thing that a screen can follow: React's useSyncExternalStore takes it as it is. */
export type Live<T> = {
  readonly subscribe: (onChange: () => void) => () => void;
  readonly getSnapshot: () => T;
};

/** "unreachable": no answer came; nothing is known to have changed. */
export type Answer<T> =
  | { readonly is: "ok"; readonly value: T }
  | { readonly is: "refused"; readonly code: RefusalCode; readonly delayMs?: number }
  | { readonly is: "unreachable" };

export interface ChatClient {
  /** Opens the local store, then the socket. Once. */
  start(): Promise<void>;
  /** Closes the socket and lets go of everything; what is stored stays. */
  stop(): void;
  /** Wipes what this device stores of the person, then stops. */
  wipe(): Promise<void>;

  readonly connection: Live<ConnectionView>;
  readonly me: Live<MeView>;
  readonly list: Live<ListView>;
  readonly storage: Live<StorageView>;
  /** The same object for the same conversation. Undefined snapshot: not known on this device (yet): `open` it. */
  timeline(conversation: ConversationId): Live<TimelineView | undefined>;

  /** Known handles answer from the local store at once, offline too; others ask the server. */
  open(handle: string): Promise<Answer<ConversationId>>;
  loadMore(): Promise<void>;
  loadOlder(conversation: ConversationId): Promise<void>;

  /** Stored on this device before it is transmitted. Refused at once: `empty`, `too-long`, `cannot-deliver`. */
  send(conversation: ConversationId, text: string): Promise<Answer<EntryId>>;
  /** Sends what has failed again, under the same id. */
  retry(conversation: ConversationId, id: EntryId): Promise<void>;
  /** Throws away what has failed; it never had a place in the log. */
  discard(conversation: ConversationId, id: EntryId): Promise<void>;

  /** One's own message says this from now on. Refused at once as `send` is, and `deleted` or `unknown-entry`. */
  edit(conversation: ConversationId, id: EntryId, text: string): Promise<Answer<EntryId>>;
  /** One's own message goes, for everyone. It waits UNDO_MS, or until the page is left; until then `undoDelete` brings it back. */
  delete(conversation: ConversationId, id: EntryId): Promise<Answer<EntryId>>;
  undoDelete(conversation: ConversationId, id: EntryId): Promise<void>;
  /** One emoji a person; without one the reaction is taken away. Also refused `bad-emoji`. */
  react(
    conversation: ConversationId,
    message: { readonly from: UserId; readonly id: EntryId },
    emoji?: string,
  ): Promise<Answer<EntryId>>;
  /** All that a message has said, the newest first. Asks the server. */
  history(conversation: ConversationId, seq: Seq): Promise<Answer<readonly Version[]>>;
  /** Nobody writes here until it is taken back, by who did it. */
  block(conversation: ConversationId): Promise<void>;
  unblock(conversation: ConversationId): Promise<void>;

  /** A person looks at this conversation now (undefined: at none). Watches presence while it is so. */
  look(conversation: ConversationId | undefined): void;
  /** The person has seen every message up to here. */
  shown(conversation: ConversationId, seq: Seq): void;
  /** The text in the composer has changed; called as often as that happens. `hasText`: something is left of it. */
  typing(conversation: ConversationId, hasText?: boolean): void;

  /** Name, and handle if it is to change. The profile is made by the first call. */
  saveProfile(profile: { readonly name: string; readonly handle?: string }): Promise<Answer<Person>>;
  /** Try the line now instead of at `retryAt`. */
  reconnectNow(): void;
}
