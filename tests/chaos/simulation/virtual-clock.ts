import type { Timers } from "../../../core/domain/ports/clock";

type Alarm = { readonly at: number; readonly order: number; readonly then: () => void; isSet: boolean };

/** Comes after every promise that can be settled now. */
const drained = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Time that jumps from alarm to alarm and lets all that one sets going come to rest before the next. A binary heap:
 * a run sets a hundred thousand alarms.
 */
export class VirtualClock implements Timers {
  private readonly heap: Alarm[] = [];
  private orders = 0;
  private instant = 1_767_225_600_000;

  now(): number {
    return this.instant;
  }

  after(delayMs: number, then: () => void): () => void {
    const alarm = { at: this.instant + Math.max(0, delayMs), order: (this.orders += 1), then, isSet: true };
    this.push(alarm);
    return () => void (alarm.isSet = false);
  }

  passed(delayMs: number): Promise<void> {
    return new Promise((resolve) => void this.after(delayMs, resolve));
  }

  async run(forMs: number): Promise<void> {
    const until = this.instant + forMs;
    await drained();
    for (let first = this.heap[0]; first && first.at <= until; first = this.heap[0]) {
      this.pop();
      if (!first.isSet) continue;
      this.instant = Math.max(this.instant, first.at);
      first.then();
      await drained();
    }
    this.instant = until;
  }

  private push(alarm: Alarm): void {
    const { heap } = this;
    let at = heap.push(alarm) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (!parent || isBefore(parent, alarm)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = alarm;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
      const isRight = left && right && isBefore(right, left);
      const lower = isRight ? right : left;
      if (!lower || isBefore(last, lower)) break;
      heap[at] = lower;
      at = 2 * at + (isRight ? 2 : 1);
    }
    heap[at] = last;
  }
}

/** Of two at one instant the one that was set first. */
const isBefore = (one: Alarm, other: Alarm) =>
  one.at < other.at || (one.at === other.at && one.order < other.order);
