// The cloud, its time and everybody's lines: the place where people talk while the meter runs.

import { setTimeout as pause } from "node:timers/promises";
import { isTold } from "../../core/protocol/told";
import type { CostCloud } from "./cloud";
import { Errands } from "./errands";
import { createLine, type Line } from "./line";
import { PlayTime } from "./play-time";

const PATIENCE_MS = 20_000;
const drained = () => new Promise<void>((resolve) => void setImmediate(resolve));

export class Stage {
  readonly errands = new Errands();
  readonly time: PlayTime;
  private readonly lines: Line[] = [];
  private framesAtRest = 0;
  private unansweredSeen = 0;

  constructor(readonly cloud: CostCloud) {
    const { clock } = cloud;
    this.time = new PlayTime({
      now: () => clock.now(),
      turn: (byMs) => clock.turn(byMs),
      rest: () => this.rest(),
    });
  }

  line(said: (action: string) => void): Line {
    const line = createLine(this.errands, said);
    this.lines.push(line);
    return line;
  }

  /** Every answer is there, every push is heard, what has no answer has run, and nobody has more to say. */
  private async rest(): Promise<void> {
    for (;;) {
      await drained();
      await this.errands.done(PATIENCE_MS);
      await this.unansweredHasRun();
      await this.functionsAreDone();
      await drained();
      if (!this.errands.idle) continue;
      if (this.frames() === this.framesAtRest) return;
      const before = this.frames();
      await Promise.all(this.lines.map((line) => line.heardAll()));
      await drained();
      if (this.errands.idle && this.frames() === before) {
        this.framesAtRest = before;
        return;
      }
    }
  }

  private async unansweredHasRun(): Promise<void> {
    const unanswered = this.unanswered();
    if (unanswered === this.unansweredSeen) return;
    const deadline = Date.now() + PATIENCE_MS;
    while (this.runsWithoutAnswer() < unanswered - this.unansweredBefore) {
      if (Date.now() > deadline)
        throw new Error("unable to go on; a $disconnect, mark or typing has not run");
      await pause(5);
    }
    this.unansweredSeen = unanswered;
    // What they pushed is heard like any frame.
    this.framesAtRest = -1;
  }

  /**
   * The relay runs by itself. Where the clock is turned before it is done, it gets its next batch at once, of messages that
   * nobody can have marked yet, and pushes them again: half as dear again as in a day that passes.
   */
  private async functionsAreDone(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (this.cloud.functions.areBusy()) {
      if (Date.now() > deadline) throw new Error("unable to go on; a function does not end");
      await pause(1);
      // What it pushed is heard like any frame.
      this.framesAtRest = -1;
    }
  }

  /** The meter forgets what was before; so does this count. */
  private unansweredBefore = 0;

  resetMeter(): void {
    this.cloud.meter.reset();
    this.unansweredBefore = this.unanswered();
  }

  private unanswered(): number {
    return this.lines.reduce((sum, line) => sum + line.unanswered(), 0);
  }

  private runsWithoutAnswer(): number {
    const { runs } = this.cloud.meter.snapshot();
    const own = runs.filter(({ cause }) => cause === "$disconnect" || isTold(cause));
    return own.reduce((sum, { requests }) => sum + requests, 0);
  }

  private frames(): number {
    return this.lines.reduce((sum, line) => sum + line.frames(), 0);
  }
}
