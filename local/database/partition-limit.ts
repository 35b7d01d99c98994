import type { Clock } from "../clock";

/** Of one partition key, whatever the table's own capacity: 1,000 write and 3,000 read units a second. */
const WRITES_A_SECOND = 1_000;
const READS_A_SECOND = 3_000;
/** Keys that were still for a second are full again and need no entry; beyond this many they are looked for. */
const MOST_KEYS = 10_000;

/** So much of a second's units used. */
const NEAR = 0.5;

type Tokens = { writes: number; reads: number; filledAt: number };

export type PartitionLimit = {
  hasRoom(partition: string, to: "read" | "write"): boolean;
  /** Whether a partition may soon have none: half of a second's units were used. */
  isNear(): boolean;
  used(partition: string, units: { readonly readUnits: number; readonly writeUnits: number }): void;
};

/** What a call costs is known only when it is done: a partition may fall into debt, and then waits. */
export function createPartitionLimit(clock: Clock): PartitionLimit {
  const partitions = new Map<string, Tokens>();
  let nearUntil = -Infinity;

  const filled = (partition: string): Tokens | undefined => {
    const tokens = partitions.get(partition);
    if (tokens === undefined) return undefined;
    const now = clock.now();
    const seconds = Math.max(0, now - tokens.filledAt) / 1_000;
    tokens.writes = Math.min(WRITES_A_SECOND, tokens.writes + seconds * WRITES_A_SECOND);
    tokens.reads = Math.min(READS_A_SECOND, tokens.reads + seconds * READS_A_SECOND);
    tokens.filledAt = now;
    return tokens;
  };
  const forgetFull = (): void => {
    for (const partition of partitions.keys()) {
      const tokens = filled(partition);
      if (tokens && tokens.writes >= WRITES_A_SECOND && tokens.reads >= READS_A_SECOND)
        partitions.delete(partition);
    }
  };

  return {
    hasRoom: (partition, to) => {
      const tokens = filled(partition);
      return tokens === undefined || (to === "write" ? tokens.writes : tokens.reads) > 0;
    },
    isNear: () => clock.now() < nearUntil,
    used: (partition, { readUnits, writeUnits }) => {
      if (partitions.size > MOST_KEYS) forgetFull();
      const tokens = filled(partition) ?? {
        writes: WRITES_A_SECOND,
        reads: READS_A_SECOND,
        filledAt: clock.now(),
      };
      tokens.writes -= writeUnits;
      tokens.reads -= readUnits;
      partitions.set(partition, tokens);
      const secondsToFill = Math.max(1 - tokens.writes / WRITES_A_SECOND, 1 - tokens.reads / READS_A_SECOND);
      if (secondsToFill > NEAR) nearUntil = Math.max(nearUntil, clock.now() + 1_000 * secondsToFill);
    },
  };
}
