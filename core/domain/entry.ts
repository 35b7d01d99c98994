// One item of a conversation's log.
//
//   { conversation: "d.1f…a.7c…e", seq: 42, id: "pV3…", from: "1f…a", device: "dk2…", kind: "message",
//     body: { text: "hello" }, at: 1767225600000, tally: { "1f…a": 22, "7c…e": 20 }, state: { is: "open" },
//     bumpedAt: 1767225580000 }
//
// Each entry carries the running state (tally, state, bumpedAt), so the last entry is the head.

import type { ConversationId, DeviceId, EntryId, Seq, UserId } from "./ids";

/** How many messages each member has written up to and including this entry. Absent means none. */
export type Tally = Readonly<Partial<Record<UserId, number>>>;

export type ConversationState = { readonly is: "open" } | { readonly is: "closed"; readonly by: UserId };

export type MessageBody = { readonly text: string };

/** What a person wrote or did, before it has a place in the log. */
export type Draft =
  | { readonly kind: "message"; readonly id: EntryId; readonly body: MessageBody }
  | { readonly kind: "closed"; readonly id: EntryId }
  | { readonly kind: "opened"; readonly id: EntryId };

export type Entry = Draft & {
  readonly conversation: ConversationId;
  readonly seq: Seq;
  readonly from: UserId;
  readonly device: DeviceId;
  readonly at: number;
  readonly tally: Tally;
  readonly state: ConversationState;
  readonly bumpedAt: number;
  readonly expiresAtSeconds?: number;
};

export const countOf = (tally: Tally, user: UserId): number => tally[user] ?? 0;
