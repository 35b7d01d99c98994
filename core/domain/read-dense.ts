import type { Entry } from "./entry";
import { unexpired } from "./expiry";
import type { ConversationId, Seq } from "./ids";
import type { Ports } from "./ports/ports";

export type Reading = { readonly conversation: ConversationId; readonly from: Seq; readonly limit: number };

/** So many gaps in a row are not appends that ran beside: the log has a hole, which is a bug of ours. */
const READINGS = 20;

export const isDense = (entries: readonly Entry[]): boolean =>
  entries.every((entry, index) => index === 0 || entry.seq === (entries[index - 1]?.seq ?? 0) + 1);

/**
 * Entries from a seq on, without a gap. When the first is not the one asked for, those before it have expired.
 *
 * A read is not a snapshot, so a gap in its middle is an append that ran beside it: slot 7 was looked at, then 7
 * and 8 were filled, then 8 was looked at. Read again: what was filled before a read begins is in it. A gap at
 * the beginning may be that too, but not twice: whatever stands below an entry that was seen once was filled
 * before it, so a second read sees it if it is there at all.
 */
export const readDenseWith =
  (dense: typeof isDense) =>
  async (ports: Pick<Ports, "log" | "clock">, reading: Reading): Promise<readonly Entry[]> => {
    let beginningMissed = false;
    for (let readings = 0; readings < READINGS; readings += 1) {
      const read = await ports.log.readFrom(reading.conversation, reading.from, reading.limit);
      const entries = unexpired(read, ports.clock.now());
      if (!dense(entries)) continue;
      const missing = entries[0] !== undefined && entries[0].seq > reading.from;
      if (!missing || beginningMissed) return entries;
      beginningMissed = true;
    }
    throw new Error(`unable to read ${reading.conversation} from ${reading.from}; it has a hole`);
  };

export const readDense = readDenseWith(isDense);
