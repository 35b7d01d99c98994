import { setTimeout as pause } from "node:timers/promises";

const LOOK_EVERY_MS = 20;

/** Rejects with what did not come true. */
export async function until(what: string, holds: () => boolean, patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`unable to go on; it did not come true: ${what}`);
    await pause(LOOK_EVERY_MS);
  }
}
