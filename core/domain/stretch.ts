// A stretch of a log: every entry from a seq up to the end, without a gap. Who holds one has seen each slot in it.

import type { Entry } from "./entry";
import { emptyHead, type Head } from "./head";
import { seqOf, type ConversationId, type EntryId, type Seq, type UserId } from "./ids";
import { STALE_ENTRIES } from "./limits";
import { readDenseWith, isDense } from "./read-dense";
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

/** Each further attempt is caused by an append that ran beside the one before. */
const ATTEMPTS = 20;

/**
 * Reads [after, tail], `after` itself included, so that there is an entry that carries the running state and a
 * device that claims more than there is finds nothing. A log that has lost what stood behind `after` by expiry
 * cannot tell whether it held what the device is about to send: refused `stale`, like a device that is too far
 * behind.
 */
export const readStretchWith =
  (dense: typeof isDense) =>
  async (ports: StretchPorts, { conversation, user, after }: StretchRequest): Promise<Stretch> => {
    for (let attempts = 0; attempts < ATTEMPTS; attempts += 1) {
      const from = seqOf(Math.max(after, 1));
      const entries = await readDenseWith(dense)(ports, { conversation, from, limit: STALE_ENTRIES + 2 });
      const [first, last] = [entries[0], entries.at(-1)];
      if (first && last) {
        if (first.seq > after + 1 || last.seq - after > STALE_ENTRIES) throw new Refusal("stale");
        return { entries, head: { is: "entry", entry: last } };
      }
      const head = await emptyHead(ports, conversation, user);
      if (head.is === "floor" && head.floor >= after) return { entries, head };
      if (head.is === "floor" || head.entry.seq < after) throw new Refusal("stale");
    }
    throw new Error(`unable to read ${conversation} from ${after}; it is never the same twice`);
  };

export const readStretch = readStretchWith(isDense);

/** The entry that this person has written under this id, if the stretch holds it. Ids are a person's own. */
export const findOwn = (stretch: Stretch, user: UserId, id: EntryId): Entry | undefined =>
  stretch.entries.find((entry) => entry.id === id && entry.from === user);

export const extended = (stretch: Stretch, entry: Entry): Stretch => ({
  entries: [...stretch.entries, entry],
  head: { is: "entry", entry },
});
