// A machine that slept does not always say so: the page was visible before and is after. Its timers say it: one
// that was due in seconds comes minutes late. Where nobody can be looking nothing is watched: such pages are
// woken late on purpose, and the line is looked after when somebody looks.

import type { Timers } from "../domain/ports/clock";
import type { Surroundings } from "./ports/surroundings";

const EVERY_MS = 5_000;
/** A page that is busy with itself is late by less. */
const LATE_MS = 5_000;

/** Calls back when time has jumped, forwards or back. */
export function watchSleep(
  { timers, surroundings }: { readonly timers: Timers; readonly surroundings: Surroundings },
  jumped: () => void,
): () => void {
  let cancel = () => {};

  function next(): void {
    cancel();
    cancel = () => {};
    if (!surroundings.visible()) return;
    const dueAt = timers.now() + EVERY_MS;
    cancel = timers.after(EVERY_MS, () => {
      const lateMs = timers.now() - dueAt;
      if (Math.abs(lateMs) >= LATE_MS) jumped();
      next();
    });
  }

  next();
  const unsubscribe = surroundings.subscribe(next);
  return () => {
    unsubscribe();
    cancel();
  };
}
