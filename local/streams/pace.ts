// When to read again: at once after a nudge or after records, then less and less often. An engine tells nobody that
// it has records, so without a nudge reading is asking.
//
//   nudge, records ──> at once ──> 25 ms ──> 50 ──> … ──> 4 s ──> 4 s …
//
// At once is not sooner than 50 ms after the reading before: many writes are one reading.

import { pauseFor } from "./waiting";

/** A reading costs as much as a write, and Lambda itself reads four times a second. */
const APART_MS = 50;
/** A nudge may come before the write that it tells of. */
const FIRST_WAIT_MS = 25;
/** What is written past the gate (a test, a tool) is found within this. Measured, it costs 0.2 % of a processor. */
const LONGEST_WAIT_MS = 4_000;

export type Pace = {
  nudge(): void;
  /** Resolves when it is time to read. Nudges from then on ask for another reading. */
  reading(): Promise<void>;
  /** A reading brought records. */
  quicken(): void;
  /** After a reading that brought nothing. It ends at once when the streams stop. */
  wait(): Promise<void>;
};

export function createPace(stop: AbortSignal): Pace {
  let waitMs = FIRST_WAIT_MS;
  let nudged = false;
  let readAt = -Infinity;
  let wake: (() => void) | undefined;
  stop.addEventListener("abort", () => wake?.(), { once: true });
  const quicken = (): void => {
    waitMs = FIRST_WAIT_MS;
  };
  return {
    quicken,
    nudge: () => {
      nudged = true;
      quicken();
      wake?.();
    },
    reading: async () => {
      // Long ago (at first: infinitely long ago) is a negative wait, of which Node 24 warns.
      await pauseFor(Math.max(0, readAt + APART_MS - performance.now()), stop);
      readAt = performance.now();
      nudged = false;
    },
    wait: () =>
      new Promise((resolve) => {
        if (nudged || stop.aborted) return resolve();
        const timer = setTimeout(() => wake?.(), waitMs).unref();
        waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
        wake = () => {
          clearTimeout(timer);
          wake = undefined;
          resolve();
        };
      }),
  };
}
