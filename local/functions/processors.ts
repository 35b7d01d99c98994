// Whether another thread would do anything sooner: not while the processors are busy, and not while this one, through
// which each of its calls passes, is. It would do what it does with code that no compiler has seen, and take memory.

import { cpus } from "node:os";
import { performance } from "node:perf_hooks";

/** What counts up, of all processors together and of this thread. */
export type Times = {
  readonly idleMs: number;
  readonly allMs: number;
  readonly waitedMs: number;
  readonly workedMs: number;
};

/** The kernel counts in steps of ten milliseconds. */
const LEAST_SPAN_MS = 50;
/** Of all processors together. What runs is itself never without a pause. */
const SPARE_SHARE = 0.25;
/** Of this thread. */
const BUSY_SHARE = 0.85;

export class Processors {
  private at: number;
  private before: Times;
  private spare = true;

  constructor(
    private readonly read: () => Times = timesNow,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.at = now();
    this.before = read();
  }

  /** Since this was last asked. */
  areSpare(): boolean {
    const now = this.now();
    if (now - this.at < LEAST_SPAN_MS) return this.spare;
    const times = this.read();
    const { before } = this;
    const workedMs = times.workedMs - before.workedMs;
    const isIdle = times.idleMs - before.idleMs > SPARE_SHARE * (times.allMs - before.allMs);
    this.spare = isIdle && workedMs < BUSY_SHARE * (workedMs + times.waitedMs - before.waitedMs);
    this.before = times;
    this.at = now;
    return this.spare;
  }
}

function timesNow(): Times {
  let [idleMs, allMs] = [0, 0];
  for (const { times } of cpus()) {
    idleMs += times.idle;
    allMs += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  const { idle, active } = performance.eventLoopUtilization();
  return { idleMs, allMs, waitedMs: idle, workedMs: active };
}
