import type { Entry } from "./entry";

/** TTL deletes days late, and in any order; from its time on an entry is as good as deleted. */
export const isExpired = (entry: Entry, now: number): boolean =>
  entry.expiresAtSeconds !== undefined && entry.expiresAtSeconds * 1_000 <= now;

/**
 * What has not expired, of entries in ascending order. What stands below an expired entry goes with it: a log
 * loses its beginning, never a piece of its middle, so what is left is a stretch without a gap.
 */
export function unexpired(entries: readonly Entry[], now: number): readonly Entry[] {
  let start = entries.length;
  for (let entry = entries[start - 1]; entry && !isExpired(entry, now); entry = entries[start - 1])
    start -= 1;
  return entries.slice(start);
}
