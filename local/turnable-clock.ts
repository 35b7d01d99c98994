import type { Clock } from "./clock";

export type TurnableClock = Clock & {
  /** Moves the time on; what falls due on the way is called in order, each at its own instant. */
  turn(byMs: number): void;
};

type Alarm = { readonly dueAt: number; readonly then: () => void };

/** Stands still until it is turned. */
export function turnableClock(startAt = Date.UTC(2025, 0, 1)): TurnableClock {
  let now = startAt;
  const alarms = new Set<Alarm>();

  const nextUntil = (end: number): Alarm | undefined => {
    let next: Alarm | undefined;
    for (const alarm of alarms)
      if (alarm.dueAt <= end && (next === undefined || alarm.dueAt < next.dueAt)) next = alarm;
    return next;
  };

  return {
    now: () => now,
    after: (delayMs, then) => {
      const alarm = { dueAt: now + delayMs, then };
      alarms.add(alarm);
      return () => void alarms.delete(alarm);
    },
    turn: (byMs) => {
      const end = now + byMs;
      // An alarm may set another that falls due before the end, so each round looks again.
      for (let next = nextUntil(end); next !== undefined; next = nextUntil(end)) {
        alarms.delete(next);
        now = Math.max(now, next.dueAt);
        next.then();
      }
      now = end;
    },
  };
}
