// The cloud's clock: this machine's, moved on by what was turned. The offset lies in shared memory, because
// functions run in threads of their own and must see the same time.

import type { TurnableClock } from "./turnable-clock";

export type OffsetClock = TurnableClock & {
  /** One float: milliseconds ahead of this machine. */
  readonly offset: SharedArrayBuffer;
};

type Alarm = { readonly dueAt: number; readonly then: () => void; timer: NodeJS.Timeout | undefined };

/** The longest that a timer of Node can wait. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** `aheadAtFirstMs`: turned by so much from the start. */
export function offsetClock(aheadAtFirstMs = 0): OffsetClock {
  const offset = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const ahead = new Float64Array(offset);
  ahead[0] = aheadAtFirstMs;
  const alarms = new Set<Alarm>();
  const now = (): number => Date.now() + aheadMs();
  const aheadMs = (): number => ahead[0] ?? 0;

  const ring = (alarm: Alarm): void => {
    clearTimeout(alarm.timer);
    alarms.delete(alarm);
    alarm.then();
  };
  /** A wait never keeps the process alive by itself: what listens does. */
  const arm = (alarm: Alarm): void => {
    clearTimeout(alarm.timer);
    const waitMs = Math.max(0, alarm.dueAt - now());
    const wake = waitMs > LONGEST_WAIT_MS ? arm : ring;
    alarm.timer = setTimeout(wake, Math.min(waitMs, LONGEST_WAIT_MS), alarm).unref();
  };
  const nextUntil = (end: number): Alarm | undefined => {
    let next: Alarm | undefined;
    for (const alarm of alarms)
      if (alarm.dueAt <= end && (next === undefined || alarm.dueAt < next.dueAt)) next = alarm;
    return next;
  };

  return {
    offset,
    now,
    after: (delayMs, then) => {
      const alarm: Alarm = { dueAt: now() + delayMs, then, timer: undefined };
      alarms.add(alarm);
      arm(alarm);
      return () => {
        clearTimeout(alarm.timer);
        alarms.delete(alarm);
      };
    },
    turn: (byMs) => {
      const end = aheadMs() + byMs;
      // An alarm may set another that falls due before the end, so each round looks again.
      for (let next = nextUntil(Date.now() + end); next; next = nextUntil(Date.now() + end)) {
        ahead[0] = Math.max(aheadMs(), Math.min(end, next.dueAt - Date.now()));
        ring(next);
      }
      ahead[0] = end;
      for (const alarm of alarms) arm(alarm);
    },
  };
}
