// Full jitter: anywhere between at once and a bound that doubles. Devices that were all cut at the same moment
// come back spread out, and the mean wait is half of what a fixed wait would be.

const FIRST_BOUND_MS = 1_000;
export const LONGEST_BACKOFF_MS = 30_000;
/** A line that held for this long was a good one: the next failure starts from the shortest wait again. */
export const STEADY_MS = 5_000;

/** `attempt` counts the failures before this wait; `chance` is from 0 up to, not including, 1. */
export const backoffMs = (attempt: number, chance: number): number =>
  Math.floor(chance * Math.min(LONGEST_BACKOFF_MS, FIRST_BOUND_MS * 2 ** Math.min(attempt, 10)));
