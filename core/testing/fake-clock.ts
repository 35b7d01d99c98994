import type { Timers } from "../domain/ports/clock";

type Alarm = { readonly at: number; readonly then: () => void };

/** Time that moves only when a test says so. Alarms go off in order, each at its own instant. */
export class FakeClock implements Timers {
  private readonly alarms = new Set<Alarm>();

  constructor(private instant = 1_767_225_600_000) {}

  now(): number {
    return this.instant;
  }

  after(delayMs: number, then: () => void): () => void {
    const alarm: Alarm = { at: this.instant + Math.max(0, delayMs), then };
    this.alarms.add(alarm);
    return () => void this.alarms.delete(alarm);
  }

  /** An alarm that sets another one inside the stretch sees that one go off too. */
  advance(byMs: number): void {
    const until = this.instant + byMs;
    for (let alarm = this.next(until); alarm; alarm = this.next(until)) {
      this.alarms.delete(alarm);
      this.instant = alarm.at;
      alarm.then();
    }
    this.instant = until;
  }

  /** How many alarms are set: a test of tidiness. */
  get waiting(): number {
    return this.alarms.size;
  }

  /** The earliest of those due; of two at one instant the one that was set first. */
  private next(until: number): Alarm | undefined {
    let earliest: Alarm | undefined;
    for (const alarm of this.alarms) {
      if (alarm.at <= until && (!earliest || alarm.at < earliest.at)) earliest = alarm;
    }
    return earliest;
  }
}
