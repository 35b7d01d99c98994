// Where the receiving clients tell of a message and the sending side waits for it: all in one process, so that one
// clock measures both ends.

import { performance } from "node:perf_hooks";

/** By then it is not late but lost. */
const LOST_AFTER_MS = 20_000;

export type Arrivals = {
  readonly arrived: (id: string) => void;
  /** When it was there; undefined: it never came. */
  expect(id: string): Promise<number | undefined>;
};

export function createArrivals(lostAfterMs = LOST_AFTER_MS): Arrivals {
  const waiting = new Map<string, (at: number | undefined) => void>();
  return {
    arrived: (id) => waiting.get(id)?.(performance.now()),
    expect: (id) =>
      new Promise((resolve) => {
        const settle = (at: number | undefined) => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(at);
        };
        const timer = setTimeout(() => settle(undefined), lostAfterMs);
        waiting.set(id, settle);
      }),
  };
}
