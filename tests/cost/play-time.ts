// Time for clients that runs with the cloud's: it jumps from alarm to alarm, turns the cloud's clock as far each
// time, and goes on when everything that an alarm set going has come to rest. So hours pass in seconds, and one
// thing happens after the other, the same way every time.

import type { Timers } from "../../core/domain/ports/clock";

export type PlayWorld = {
  /** The cloud's time, which runs on by itself a little while things come to rest. */
  readonly now: () => number;
  readonly turn: (byMs: number) => void;
  readonly rest: () => Promise<void>;
};

type Alarm = { readonly at: number; readonly then: () => void };

export class PlayTime implements Timers {
  private readonly alarms = new Set<Alarm>();
  private instant: number;

  constructor(private readonly world: PlayWorld) {
    this.instant = world.now();
  }

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
    await this.world.rest();
    for (let alarm = this.next(until); alarm; alarm = this.next(until)) {
      this.alarms.delete(alarm);
      this.moveTo(alarm.at);
      alarm.then();
      await this.world.rest();
    }
    this.moveTo(until);
  }

  private moveTo(at: number): void {
    const byMs = at - this.world.now();
    if (byMs > 0) this.world.turn(Math.ceil(byMs));
    this.instant = at;
  }

  private next(until: number): Alarm | undefined {
    let earliest: Alarm | undefined;
    for (const alarm of this.alarms)
      if (alarm.at <= until && (!earliest || alarm.at < earliest.at)) earliest = alarm;
    return earliest;
  }
}
