// What the next entry of a log continues from.

import type { ConversationState, Entry, Tally } from "./entry";
import type { ConversationId, Seq, UserId } from "./ids";
import { NO_SEQ, seqOf } from "./ids";
import { peerOf } from "./conversation";
import { unexpired } from "./expiry";
import type { Ports } from "./ports/ports";
import { Refusal } from "./refusal";

/**
 * The last entry; or, where a log is empty because nobody has written yet or all has expired, the floor: the
 * seqs up to it may have been used, and the tally goes on from what the members have read.
 */
export type Head =
  | { readonly is: "entry"; readonly entry: Entry }
  | { readonly is: "floor"; readonly floor: Seq; readonly tally: Tally };

const OPEN: ConversationState = { is: "open" };

export const headSeq = (head: Head): Seq => (head.is === "entry" ? head.entry.seq : head.floor);
export const headTally = (head: Head): Tally => (head.is === "entry" ? head.entry.tally : head.tally);
export const headState = (head: Head): ConversationState => (head.is === "entry" ? head.entry.state : OPEN);

/**
 * The head of a log that was just seen empty, for a person who has opened the conversation:
 *
 *   1  read the floor
 *   2  read the log once more: still empty
 *
 * In that order: the floor is raised above the first entry once that is in, so a floor that was read before the
 * log was seen empty is the one that every other writer of the first entry goes by. The other way round, a
 * second writer would go on from the raised floor and leave a hole of ten thousand slots.
 */
export async function emptyHead(
  ports: Pick<Ports, "log" | "inbox" | "clock">,
  conversation: ConversationId,
  user: UserId,
): Promise<Head> {
  const floor = await floorOf(ports, conversation, user);
  const tail = await ports.log.tail(conversation);
  const [entry] = tail ? unexpired([tail], ports.clock.now()) : [];
  return entry ? { is: "entry", entry } : floor;
}

/**
 * Both rows count: a bump that was broken off in its middle has raised one only, and both members must go on
 * from the same slot.
 */
async function floorOf(
  ports: Pick<Ports, "inbox">,
  conversation: ConversationId,
  user: UserId,
): Promise<Extract<Head, { is: "floor" }>> {
  const [own, theirs] = await Promise.all([
    ports.inbox.row(user, conversation),
    ports.inbox.row(peerOf(conversation, user), conversation),
  ]);
  if (!own) throw new Refusal("unknown-conversation");
  return {
    is: "floor",
    floor: seqOf(Math.max(own.floor, theirs?.floor ?? NO_SEQ)),
    tally: highest(own.tallyAtRead, theirs?.tallyAtRead ?? {}),
  };
}

function highest(one: Tally, other: Tally): Tally {
  const tally: Partial<Record<UserId, number>> = { ...one };
  // The keys of a tally are users: its type says so, Object.entries forgets it.
  for (const [user, count] of Object.entries(other) as [UserId, number][]) {
    tally[user] = Math.max(tally[user] ?? 0, count);
  }
  return tally;
}
