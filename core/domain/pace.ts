// How fast one person may write into one conversation, entries of every kind: so many inside RATE_WINDOW_MS. Read from
// the log, so nothing is counted beside it. Two sends at once may each see room for the same message: it bounds a flood, it
// does not account.

import type { Entry } from "./entry";
import type { UserId } from "./ids";
import { nextSeq, seqOf } from "./ids";
import { RATE_WINDOW_MS } from "./limits";
import type { Ports } from "./ports/ports";
import type { Stretch } from "./stretch";

/** How many more entries may be written now, and when there is room for the one after them. */
export type Room = { readonly entries: number; readonly delayMs: number };

/**
 * Costs nothing in a conversation that was quiet for a moment, one entry in a lively one, and a look at the last
 * entries only where so many stand inside the window that this person could have written too many of them.
 */
export async function roomFor(
  ports: Pick<Ports, "log" | "clock" | "pace">,
  stretch: Stretch,
  user: UserId,
  wanted: number,
): Promise<Room> {
  const most = ports.pace.entriesAWindow;
  const room: Room = { entries: wanted, delayMs: 0 };
  if (stretch.head.is === "floor" || wanted === 0) return room;
  const last = stretch.head.entry;
  const windowStartAt = ports.clock.now() - RATE_WINDOW_MS;
  const recent = (entry: Entry) => entry.at > windowStartAt;
  if (!recent(last)) return room;

  const probe = last.seq - (most - wanted);
  if (probe < 1) return room;
  const [probed] = await ports.log.readFrom(last.conversation, seqOf(probe), 1);
  if (!probed || !recent(probed)) return room;

  // The peer may have written as many in between.
  const entries = await ports.log.readBefore(last.conversation, nextSeq(last.seq), 2 * most);
  const own = entries.filter((entry) => entry.from === user && recent(entry));
  const first = own[Math.max(0, own.length - most)];
  return {
    entries: Math.min(wanted, Math.max(0, most - own.length)),
    delayMs: first ? first.at - windowStartAt : 0,
  };
}
