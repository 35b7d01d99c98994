// How fast one person may write into one conversation, entries of every kind: so many in a window of RATE_WINDOW_MS, which
// begins with the first entry after the one before. Each entry carries how many its members have written in theirs, so the
// last entry is all that is read, and what two attempts write at once is counted too.

import type { Paces } from "./entry";
import type { Head } from "./head";
import type { UserId } from "./ids";
import { RATE_WINDOW_MS } from "./limits";
import { Refusal } from "./refusal";

/** What the next entry carries, when this person writes it now. Refuses the one that is too many. */
export function paceAfter(head: Head, from: UserId, now: number, most: number): Paces {
  const { [from]: own, ...others } = pacesAt(head, now);
  if (!own) return others;
  if (own.count >= most) throw new Refusal("slow-down", own.since + RATE_WINDOW_MS - now);
  return { ...others, [from]: { since: own.since, count: own.count + 1 } };
}

/** The windows that are not over. The first entry of one says so by being there: who writes now and then stores nothing. */
function pacesAt(head: Head, now: number): Paces {
  if (head.is === "floor") return {};
  const { paces, from, at } = head.entry;
  const all: Paces = { [from]: { since: at, count: 1 }, ...paces };
  return Object.fromEntries(
    Object.entries(all).filter(([, pacing]) => pacing && now - pacing.since < RATE_WINDOW_MS),
  );
}
