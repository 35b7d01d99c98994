// A round begins when what the last one left is done: a system that still works off its backlog, or collects its
// garbage, would take the processors from the one that is measured.

import { setTimeout as pause } from "node:timers/promises";

const LOOK_EVERY_MS = 250;
/** Of one processor: timers that look for work, and the like. */
const QUIET_SHARE = 0.08;
const LONGEST_MS = 20_000;

/** Resolves to whether it has become quiet. `busyMs`: processor time of all that may disturb, so far. */
export async function quiet(
  busyMs: () => number,
  sleep: (ms: number) => Promise<unknown> = pause,
): Promise<boolean> {
  let before = busyMs();
  for (let waitedMs = 0; waitedMs < LONGEST_MS; waitedMs += LOOK_EVERY_MS) {
    await sleep(LOOK_EVERY_MS);
    const now = busyMs();
    if (now - before <= QUIET_SHARE * LOOK_EVERY_MS) return true;
    before = now;
  }
  return false;
}
