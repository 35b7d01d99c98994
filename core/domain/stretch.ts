// A stretch of a log: every entry from a seq up to the end, without a gap. Who holds one has seen each slot in it.

import type { Entry } from "./entry";
import { floorOf, type Floor, type Head } from "./head";
import type { ConversationId, EntryId, Seq, UserId } from "./ids";
import { STALE_ENTRIES } from "./limits";
import { unexpired } from "./expiry";
import type { Ports } from "./ports/ports";
import { Refusal } from "./refusal";

export type Stretch = { readonly entries: readonly Entry[]; readonly head: Head };

export type StretchPorts = Pick<Ports, "log" | "inbox" | "clock">;

export type StretchRequest = {
  readonly conversation: ConversationId;
  readonly user: UserId;
  /** The device says that the log up to here does not hold what it is about to send. */
  readonly after: Seq;
};

/**
 * Every reading that shows a gap is caused by an append that ran beside it, and the next one sees that append.
 * So many in a row happen only when a log has a hole, which is a bug of ours.
 */
const READINGS = 20;

/**
 * Reads [after, tail], `after` itself included, so that there is an entry that carries the running state and a
 * device that claims more than there is finds nothing.
 *
 * A read is not a snapshot. A gap in its middle is an append that happened meanwhile: read again. A gap at its
 * beginning may be that too, once; when it is still there the second time, the log has lost its beginning by
 * expiry, so nobody can tell whether what the device is about to send was there: refuse `stale`.
 */
export const readStretchWith =
  (dense: typeof isDense) =>
  async (ports: StretchPorts, request: StretchRequest): Promise<Stretch> => {
    let beginningMissed = false;
    for (let readings = 0; readings < READINGS; readings += 1) {
      const read = await ports.log.readFrom(request.conversation, request.after, STALE_ENTRIES + 2);
      const entries = unexpired(read, ports.clock.now());
      const [first, last] = [entries[0], entries.at(-1)];
      if (!first || !last) {
        const head = await emptyHead(ports, request);
        if (head) return { entries, head };
      } else if (!dense(entries)) {
        continue;
      } else if (first.seq > request.after + 1) {
        if (beginningMissed) throw new Refusal("stale");
        beginningMissed = true;
      } else if (last.seq - request.after > STALE_ENTRIES) {
        throw new Refusal("stale");
      } else {
        return { entries, head: { is: "entry", entry: last } };
      }
    }
    throw new Error(`unable to read ${request.conversation} after ${request.after}; it has a hole`);
  };

export const isDense = (entries: readonly Entry[]): boolean =>
  entries.every((entry, index) => index === 0 || entry.seq === (entries[index - 1]?.seq ?? 0) + 1);

export const readStretch = readStretchWith(isDense);

/** The entry that this person has written under this id, if the stretch holds it. Ids are a person's own. */
export const findOwn = (stretch: Stretch, user: UserId, id: EntryId): Entry | undefined =>
  stretch.entries.find((entry) => entry.id === id && entry.from === user);

export const extended = (stretch: Stretch, entry: Entry): Stretch => ({
  entries: [...stretch.entries, entry],
  head: { is: "entry", entry },
});

/**
 * Nothing was found from `after` on. Either there is nothing at all:
 *
 *   1  read the floor
 *   2  read the log once more: still empty
 *
 * In that order: the floor is raised above the first entry once that is in, so a floor that was read before the
 * log was seen empty is the one that every other writer of the first entry goes by. The other way round, a
 * second writer would go on from the raised floor and leave a hole of ten thousand slots.
 *
 * Or the device claims more than there is. Undefined: something was appended meanwhile, read again.
 */
async function emptyHead(ports: StretchPorts, request: StretchRequest): Promise<Floor | undefined> {
  const floor = await floorOf(ports, request.conversation, request.user);
  const tail = await ports.log.tail(request.conversation);
  if (tail && unexpired([tail], ports.clock.now()).length > 0) {
    if (tail.seq < request.after) throw new Refusal("stale");
    return undefined;
  }
  if (request.after > floor.floor) throw new Refusal("stale");
  return floor;
}
