// Short names for pieces of a log, for tests of the pure parts.

import { directConversation } from "../../domain/conversation";
import { isDeviceId, isEntryId, isHandle, isUserId, NO_SEQ, seqOf, type EntryId } from "../../domain/ids";
import type { Pending } from "../outbox";
import type { OutboxItem, StoredConversation, StoredEntry } from "../ports/store";

function checked<T extends string>(isOne: (text: string) => text is T, text: string): T {
  if (!isOne(text)) throw new RangeError(`unable to use ${text} as an id; it is not one`);
  return text;
}

export const ADA = checked(isUserId, "00000000-0000-4000-8000-00000000000a");
export const GRACE = checked(isUserId, "00000000-0000-4000-8000-00000000000b");
export const CAROL = checked(isUserId, "00000000-0000-4000-8000-00000000000c");
export const DEVICE = checked(isDeviceId, "device-of-ada");
export const TALK = directConversation(ADA, GRACE);
export const idOf = (name: string | number): EntryId =>
  checked(isEntryId, `entry-${String(name).padStart(4, "0")}`);

/** Grace's, unless a test says otherwise. */
export const entry = (seq: number, change: Partial<Pick<StoredEntry, "id" | "from">> = {}): StoredEntry => ({
  kind: "message",
  id: idOf(seq),
  body: { text: `text ${seq}` },
  conversation: TALK,
  seq: seqOf(seq),
  from: GRACE,
  device: DEVICE,
  at: 1_000 + seq,
  tally: { [GRACE]: seq },
  state: { is: "open" },
  ...change,
});

export const stretch = (first: number, last: number): StoredEntry[] =>
  Array.from({ length: last - first + 1 }, (_, index) => entry(first + index));

export const kept = (change: Partial<StoredConversation> = {}): StoredConversation => ({
  conversation: TALK,
  peer: { user: GRACE, name: "Grace", handle: checked(isHandle, "grace") },
  activeAt: 1_000,
  from: seqOf(1),
  cursor: NO_SEQ,
  tail: NO_SEQ,
  floor: NO_SEQ,
  mine: { delivered: NO_SEQ, read: NO_SEQ },
  theirs: { delivered: NO_SEQ, read: NO_SEQ },
  tallyAtRead: {},
  tallyAtTail: {},
  ...change,
});

type MessageItem = Extract<OutboxItem, { readonly kind: "message" }>;

export const pending = (name: string, after: number, change: Partial<MessageItem> = {}): Pending => ({
  stored: true,
  item: {
    kind: "message",
    conversation: TALK,
    id: idOf(name),
    order: 1,
    body: { text: name },
    queuedAt: 1_000,
    after: seqOf(after),
    state: { is: "waiting" },
    ...change,
  },
});
