// Whether this machine has a processor to spare. One more thread on a machine that is busy does nothing sooner, and
// what it does it does with code that no compiler has seen.

import { cpus } from "node:os";

export type Times = { readonly idleMs: number; readonly allMs: number };

/** The kernel counts in steps of ten milliseconds. */
const LEAST_SPAN_MS = 50;
/** Of all processors together; the rest is noise. */
const SPARE_SHARE = 0.1;

export class Processors {
  private at: number;
  private before: Times;
  private spare = true;

  constructor(
    private readonly read: () => Times = timesOfAll,
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
    this.spare = times.idleMs - before.idleMs > SPARE_SHARE * (times.allMs - before.allMs);
    this.before = times;
    this.at = now;
    return this.spare;
  }
}

function timesOfAll(): Times {
  let [idleMs, allMs] = [0, 0];
  for (const { times } of cpus()) {
    idleMs += times.idle;
    allMs += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return { idleMs, allMs };
}
