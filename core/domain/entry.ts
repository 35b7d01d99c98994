// One item of a conversation's log.
//
//   { conversation: "d.1f…a.7c…e", seq: 42, id: "pV3…", from: "1f…a", device: "dk2…", kind: "message",
//     body: { text: "hello" }, at: 1767225600000, tally: { "1f…a": 22, "7c…e": 20 }, state: { is: "open" },
//     bumpedAt: 1767225580000 }
//
// Each entry carries the running state (tally, state, bumpedAt, paces), so the last entry is the head. An `edit`, a
// `delete` and a `reaction` are amendments: they stand at a slot of their own and also change the message that
// they point at (amend.ts), so that a page read from the middle is right by itself:
//
//   { …, seq: 42, kind: "message", body: { text: "hello!" }, edited: { seq: 44, at: 1767225601000 },
//     original: { text: "hello" }, edits: [44], reactions: { "7c…e": { seq: 45, emoji: "👋" } } }

import type { Emoji } from "./emoji";
import type { ConversationId, DeviceId, EntryId, Seq, UserId } from "./ids";

/** How many messages each member has written up to and including this entry. Absent means none. */
export type Tally = Readonly<Partial<Record<UserId, number>>>;

/** `by`: who keeps it closed, in the order in which they closed it. It opens when each of them has opened it. */
export type ConversationState =
  { readonly is: "open" } | { readonly is: "closed"; readonly by: readonly UserId[] };

/** How many entries a person has written in their window, and when it began: see pace.ts. */
export type Pacing = { readonly since: number; readonly count: number };
/** Only whose window is not over; and not the first entry of one, which says so by being there. */
export type Paces = Readonly<Partial<Record<UserId, Pacing>>>;

export type MessageBody = { readonly text: string };

/** The newest edit that counts. */
export type Edited = { readonly seq: Seq; readonly at: number };

/** The newest reaction of one person; without an emoji it was taken away, which is remembered for its seq. */
export type Reaction = { readonly seq: Seq; readonly emoji?: Emoji };
export type Reactions = Readonly<Partial<Record<UserId, Reaction>>>;

/** What a person wrote or did, before it has a place in the log. */
export type Draft =
  | { readonly kind: "message"; readonly id: EntryId; readonly body: MessageBody }
  | { readonly kind: "edit"; readonly id: EntryId; readonly target: Seq; readonly body: MessageBody }
  | { readonly kind: "delete"; readonly id: EntryId; readonly target: Seq }
  | { readonly kind: "reaction"; readonly id: EntryId; readonly target: Seq; readonly emoji?: Emoji }
  | { readonly kind: "closed"; readonly id: EntryId }
  | { readonly kind: "opened"; readonly id: EntryId };

export type Placed = {
  readonly conversation: ConversationId;
  readonly seq: Seq;
  readonly id: EntryId;
  readonly from: UserId;
  readonly device: DeviceId;
  readonly at: number;
  readonly tally: Tally;
  readonly state: ConversationState;
  readonly bumpedAt: number;
  readonly paces?: Paces;
  readonly expiresAtSeconds?: number;
};

export type Message = Placed & {
  readonly kind: "message";
  readonly body: MessageBody;
  readonly edited?: Edited;
  readonly reactions?: Reactions;
  /** What it said before its first edit; the texts since then stand in the edits themselves. */
  readonly original?: MessageBody;
  /** The slots of its edits, in the order in which they arrived here: the whole history, and all that a delete must erase. */
  readonly edits?: readonly Seq[];
};

type OfKind<K extends Draft["kind"]> = Placed & Extract<Draft, { readonly kind: K }>;
export type Amendment = OfKind<"edit"> | OfKind<"delete"> | OfKind<"reaction">;
export type Turn = OfKind<"closed"> | OfKind<"opened">;

/** What is left where a text was deleted: the slot, the id and the count, so that nothing else moves. */
export type Erased = Placed & { readonly kind: "erased" } & (
    { readonly was: "message"; readonly edits?: readonly Seq[] } | { readonly was: "edit" }
  );

export type Entry = Message | Amendment | Turn | Erased;

export const isAmendment = (entry: Entry): entry is Amendment =>
  entry.kind === "edit" || entry.kind === "delete" || entry.kind === "reaction";

/** As what it was written. */
export const writtenAs = (entry: Entry): Draft["kind"] => (entry.kind === "erased" ? entry.was : entry.kind);

export const countOf = (tally: Tally, user: UserId): number => tally[user] ?? 0;

export const hasMessages = (tally: Tally): boolean => Object.values(tally).some((count = 0) => count > 0);
