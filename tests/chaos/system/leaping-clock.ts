// The devices' time: this machine's, and it can leap. What fell due meanwhile happens afterwards, once, as on a
// machine that has slept; local/offset-clock.ts, the cloud's, goes through every instant on the way instead.

import type { Timers } from "../../../core/domain/ports/clock";

type Alarm = { readonly dueAt: number; readonly ring: () => void; timer: NodeJS.Timeout | undefined };

export class LeapingClock implements Timers {
  aheadMs = 0;
  private readonly alarms = new Set<Alarm>();

  now(): number {
    return Date.now() + this.aheadMs;
  }

  readonly after = (delayMs: number, then: () => void): (() => void) => {
    const ring = () => {
      this.alarms.delete(alarm);
      then();
    };
    const alarm: Alarm = { dueAt: this.now() + delayMs, ring, timer: undefined };
    this.alarms.add(alarm);
    this.arm(alarm);
    return () => {
      clearTimeout(alarm.timer);
      this.alarms.delete(alarm);
    };
  };

  leap(byMs: number): void {
    this.aheadMs += byMs;
    const inOrder = [...this.alarms].sort((one, other) => one.dueAt - other.dueAt);
    for (const alarm of inOrder) this.arm(alarm);
  }

  private arm(alarm: Alarm): void {
    clearTimeout(alarm.timer);
    alarm.timer = setTimeout(alarm.ring, Math.max(0, alarm.dueAt - this.now())).unref();
  }
}
