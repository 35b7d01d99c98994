import type { Timers } from "../../domain/ports/clock";

/** Node's; `core` is compiled without it. It comes after every promise that can be settled now. */
declare const setImmediate: (then: () => void) => unknown;
export const drained = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** Time that jumps from alarm to alarm and lets all that an alarm set going come to rest before the next. */
export class PlayClock implements Timers {
  private readonly alarms = new Set<{ readonly at: number; readonly then: () => void }>();
  private instant = 1_767_225_600_000;
  /** Called whenever something has happened and come to rest. */
  afterEach: () => void | Promise<void> = () => {};

  now(): number {
    return this.instant;
  }

  after(delayMs: number, then: () => void): () => void {
    const alarm = { at: this.instant + Math.max(0, delayMs), then };
    this.alarms.add(alarm);
    return () => void this.alarms.delete(alarm);
  }

  async run(forMs: number): Promise<void> {
    const until = this.instant + forMs;
    await drained();
    for (let alarm = this.next(until); alarm; alarm = this.next(until)) {
      this.alarms.delete(alarm);
      this.instant = Math.max(this.instant, alarm.at);
      alarm.then();
      await drained();
      await this.afterEach();
    }
    this.instant = until;
  }

  /** Time passes and nothing happens, as on a machine that sleeps; then everything is late. */
  sleep(forMs: number): void {
    this.instant += forMs;
  }

  private next(until: number) {
    let earliest: { readonly at: number; readonly then: () => void } | undefined;
    for (const alarm of this.alarms)
      if (alarm.at <= until && (!earliest || alarm.at < earliest.at)) earliest = alarm;
    return earliest;
  }
}
