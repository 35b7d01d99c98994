import { setTimeout as pause } from "node:timers/promises";

const LOOK_EVERY_MS = 20;

/** Rejects with what is still wrong when patience ends. */
export async function until(wrong: () => string | undefined, patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (let why = wrong(); why !== undefined; why = wrong()) {
    if (performance.now() > deadline) throw new Error(`unable to go on; ${why}`);
    await pause(LOOK_EVERY_MS);
  }
}
