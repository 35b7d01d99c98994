/** Server time in milliseconds. */
export interface Clock {
  now(): number;
}

/** Calls back later; the answer cancels. */
export interface Timers extends Clock {
  after(delayMs: number, then: () => void): () => void;
}

/** From 0 up to, not including, 1. */
export type Random = () => number;
