// The cloud, its time and everybody's lines: the place where people talk while the meter runs.

import { setTimeout as pause } from "node:timers/promises";
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
  private endingsSeen = 0;

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

  /** Every answer is there, every push is heard, every `$disconnect` has run, and nobody has more to say. */
  private async rest(): Promise<void> {
    for (;;) {
      await drained();
      await this.errands.done(PATIENCE_MS);
      await this.disconnectsHaveRun();
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

  private async disconnectsHaveRun(): Promise<void> {
    const endings = this.lines.reduce((sum, line) => sum + line.ended(), 0);
    if (endings === this.endingsSeen) return;
    const deadline = Date.now() + PATIENCE_MS;
    while (this.disconnects() < endings - this.endingsBefore) {
      if (Date.now() > deadline) throw new Error("unable to go on; $disconnect has not run");
      await pause(5);
    }
    this.endingsSeen = endings;
    // What they pushed is heard like any frame.
    this.framesAtRest = -1;
  }

  /** The meter forgets what was before; so does this count. */
  private endingsBefore = 0;

  resetMeter(): void {
    this.cloud.meter.reset();
    this.endingsBefore = this.lines.reduce((sum, line) => sum + line.ended(), 0);
  }

  private disconnects(): number {
    const { runs } = this.cloud.meter.snapshot();
    return runs.reduce((sum, { cause, requests }) => sum + (cause === "$disconnect" ? requests : 0), 0);
  }

  private frames(): number {
    return this.lines.reduce((sum, line) => sum + line.frames(), 0);
  }
}
