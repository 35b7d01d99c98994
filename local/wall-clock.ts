import type { Clock } from "./clock";

/** A wait on the real clock never keeps the process alive by itself: what listens does. */
export const wallClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, then) => {
    const timer = setTimeout(then, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
