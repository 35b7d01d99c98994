// Waits that end early when the streams stop.

import type { Clock } from "../clock";

export class Stopped extends Error {
  constructor() {
    super("unable to go on; the streams were stopped");
  }
}

/** On the cloud's clock, so that turning it ends the wait. */
export const pauseOn = (clock: Clock, ms: number, stop: AbortSignal): Promise<void> =>
  cut(stop, (then) => clock.after(ms, then));

/** On this machine's. */
export const pauseFor = (ms: number, stop: AbortSignal): Promise<void> =>
  cut(stop, (then) => {
    const timer = setTimeout(then, ms);
    timer.unref();
    return () => clearTimeout(timer);
  });

function cut(stop: AbortSignal, start: (then: () => void) => () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    if (stop.aborted) return reject(new Stopped());
    const end = (): void => {
      cancel();
      reject(new Stopped());
    };
    const cancel = start(() => {
      stop.removeEventListener("abort", end);
      resolve();
    });
    stop.addEventListener("abort", end, { once: true });
  });
}

/** Those who wait for something to change look again each time it is raised. */
export type Signal = { raise(): void; raised(): Promise<void> };

export function createSignal(stop: AbortSignal): Signal {
  let waiting: (() => void)[] = [];
  const raise = (): void => {
    const all = waiting;
    waiting = [];
    for (const wake of all) wake();
  };
  stop.addEventListener("abort", raise, { once: true });
  return {
    raise,
    raised: () =>
      new Promise((resolve) => {
        if (stop.aborted) resolve();
        else waiting.push(resolve);
      }),
  };
}
