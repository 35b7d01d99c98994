// The down frames with their ids proven: what the rest of the client works with. Made in read-frame.ts only.

import type { ConversationState, Tally } from "../domain/entry";
import type { Version } from "../domain/history";
import type { ConversationId, EntryId, Seq, UserId } from "../domain/ids";
import type { Watermarks } from "../domain/inbox-row";
import type { Person, Presence } from "../domain/person";
import type { RefusalCode } from "../domain/refusal";
import type { StoredEntry } from "./ports/store";

export type Summary = {
  readonly conversation: ConversationId;
  readonly peer: Person;
  readonly activeAt: number;
  readonly mine: Watermarks;
  readonly tallyAtRead: Tally;
  readonly theirs: Watermarks;
  readonly tail?: StoredEntry;
};

export type Appended = {
  readonly id: EntryId;
  readonly seq: Seq;
  readonly at: number;
  readonly tally: Tally;
  readonly state: ConversationState;
};

/** What a message has said, the newest first. */
export type Versions = {
  readonly versions: readonly Version[];
  readonly more: boolean;
};

export type Page = {
  readonly conversation: ConversationId;
  readonly entries: readonly StoredEntry[];
  readonly tail: Seq;
  readonly floor: Seq;
  /** One's own, where they were asked for. */
  readonly mine?: Watermarks;
};

export type Rows = { readonly rows: readonly Summary[]; readonly next?: string };

export type Welcome = {
  readonly user: UserId;
  readonly me?: Person;
  readonly now: number;
  readonly conversations: readonly Summary[];
  readonly next?: string;
};

export type Refused = {
  readonly code: RefusalCode;
  readonly delayMs?: number;
  readonly appended?: readonly Appended[];
};

/** What answers an up frame, by the down frame's type. */
export type Answers = {
  readonly welcome: Welcome;
  readonly ok: { readonly appended?: readonly Appended[]; readonly unreached?: true };
  readonly page: Page;
  readonly history: Versions;
  readonly conversations: Rows;
  readonly profile: { readonly me: Person };
  readonly presence: { readonly user: UserId; readonly presence: Presence };
};

/** What comes unasked. */
export type Pushed =
  /** Never none. */
  | { readonly type: "entries"; readonly entries: readonly StoredEntry[] }
  | {
      readonly type: "marks";
      readonly conversation: ConversationId;
      readonly user: UserId;
      readonly marks: Watermarks;
    }
  | {
      readonly type: "typing";
      readonly conversation: ConversationId;
      readonly user: UserId;
      readonly typing: boolean;
    }
  | { readonly type: "presence"; readonly user: UserId; readonly presence: Presence };

export type Bye = {
  readonly type: "bye";
  readonly why: "replaced" | "signed-out" | "version" | "maintenance";
  readonly delayMs?: number;
};

export type Told =
  | { [T in keyof Answers]: Answers[T] & { readonly type: T; readonly ref: string } }[keyof Answers]
  | (Refused & { readonly type: "refused"; readonly ref?: string })
  | Pushed
  | Bye
  | { readonly type: "pong" }
  /** One of what was asked on this socket has failed; the gateway does not say which. */
  | { readonly type: "gateway-error" };
