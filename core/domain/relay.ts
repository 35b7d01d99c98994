// What a crash has left half done, finished from the log's stream. It comes about a second after the entry, when the
// usual send has done all of it, and sees so by one small read.
//
//   1  an edit, a delete, a reaction is carried into its message again, and a block ends the watches again
//   2  the row of each who was written to is read: where `delivered` has come up to the last of it, a device has it
//      and nothing is said
//   3  else the entries are read from the log and pushed to the devices of those who may hear them
//
// In 3 the log and not the stream, which has every entry as it was written: its text may be deleted by now. Entries
// may come here again, late, and in batches that are cut anywhere; none of it is done a second time to any effect.

import { applyToTarget } from "./apply-to-target";
import { bump } from "./append";
import { membersOf } from "./conversation";
import { devicesOf, pushAll } from "./deliver";
import type { Entry } from "./entry";
import { hearersOf } from "./hearers";
import { NO_SEQ, nextSeq, type ConversationId, type Seq, type UserId } from "./ids";
import { SEND_ENTRIES } from "./limits";
import type { ReadyConnection } from "./ports/connections";
import type { Ports } from "./ports/ports";
import { sever } from "./sever";

export type RelayPorts = Pick<
  Ports,
  "log" | "inbox" | "connections" | "watches" | "people" | "push" | "clock"
>;

/** An entry that is to come again, and why. */
export type Stranded = { readonly entry: Entry; readonly reason: unknown };

/** Whatever becomes of one entry, the others are relayed. Ascending within a conversation, as a stream has them. */
export async function relay(ports: RelayPorts, entries: readonly Entry[]): Promise<readonly Stranded[]> {
  const conversations = new Set(entries.map(({ conversation }) => conversation));
  const stranded = await Promise.all(
    [...conversations].map((name) =>
      relayAll(
        ports,
        entries.filter(({ conversation }) => conversation === name),
      ),
    ),
  );
  return stranded.flat();
}

async function relayAll(ports: RelayPorts, entries: readonly Entry[]): Promise<readonly Stranded[]> {
  const stranded: Stranded[] = [];
  const attempt = (entry: Entry, what: Promise<void>) =>
    what.catch((reason: unknown) => void stranded.push({ entry, reason }));
  for (const entry of entries) await attempt(entry, carryOut(ports, entry));
  const [first] = entries;
  if (first) await attempt(first, hint(ports, first.conversation, entries));
  return stranded;
}

async function carryOut(ports: RelayPorts, entry: Entry): Promise<void> {
  await applyToTarget(ports, entry);
  if (entry.kind !== "closed") return;
  const tail = await ports.log.tail(entry.conversation);
  // It may be open again, and watched again, by the time it comes here.
  if (tail?.state.is === "closed") await sever(ports, entry);
}

async function hint(
  ports: RelayPorts,
  conversation: ConversationId,
  entries: readonly Entry[],
): Promise<void> {
  const last = entries.at(-1);
  const members = membersOf(conversation) ?? [];
  const lacked = await Promise.all(members.map((member) => lackedBy(ports, member, entries)));
  const from = lacked.reduce((lowest, seq) => Math.min(lowest, seq ?? Infinity), Infinity);
  if (!last || from === Infinity) return;

  const missing = entries.filter(({ seq }) => seq >= from);
  const devices = await devicesOf(ports, await hearersOf(ports, last));
  const unaware = devices.filter((device) => !hasWritten(device, missing));
  if (unaware.length === 0) return;
  // A device that lacks more than these sees the gap, and reads.
  const limit = Math.min(last.seq - from + 1, SEND_ENTRIES);
  const standing = await ports.log.readBefore(conversation, nextSeq(last.seq), limit);
  if (standing.length > 0) await pushAll(ports, unaware, [{ is: "entries", entries: standing }]);
}

/** The first of these that none of this person's devices is known to have; their own ones do not count. */
async function lackedBy(
  ports: Pick<Ports, "inbox" | "clock">,
  member: UserId,
  entries: readonly Entry[],
): Promise<Seq | undefined> {
  const theirs = entries.filter(({ from }) => from !== member);
  const newest = theirs.at(-1);
  if (!newest) return undefined;
  const row = await ports.inbox.row(member, newest.conversation);
  // The writer of a first entry has ended before it raised the floor above it: see append.ts.
  if ((row?.floor ?? NO_SEQ) < newest.seq) await bump(ports, newest.conversation, newest.seq);
  const delivered = row?.delivered ?? NO_SEQ;
  return theirs.find(({ seq }) => seq > delivered)?.seq;
}

/** A device's name is no secret, and an entry bears the one that its writer gave: it counts among their own only. */
const hasWritten = ({ user, device }: ReadyConnection, entries: readonly Entry[]): boolean =>
  entries.every((entry) => entry.from === user && entry.device === device);
