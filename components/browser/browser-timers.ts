import type { Timers } from "../../core/domain/ports/clock";

export const browserTimers: Timers = {
  now: () => Date.now(),
  after: (delayMs, then) => {
    const timer = setTimeout(then, delayMs);
    return () => clearTimeout(timer);
  },
};
