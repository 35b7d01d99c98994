// One run of a function of the server. All that it asks of the world takes time, there and back, and at either end it
// may be throttled, fail or be the last thing that the run does.
//
//   crossing        before                    applied                     after
//                   │ throttled: thrown       │                           │ fails after applying: thrown
//                   │ killed: goes nowhere    │                           │ killed: goes nowhere
//                   │ held up: past the time-out, applied, goes nowhere   │
//
// A run that has returned is frozen: what it did not await never happens.

import type { Random } from "../../../core/domain/ports/clock";
import { between } from "./chances";
import type { CrashPoints } from "./crash-points";
import type { VirtualClock } from "./virtual-clock";
import type { Weather } from "./weather";

/** See amplify/chat/resource.ts. */
export const TIMEOUT_MS = 25_000;

/** What the harness makes fail. */
export class Injected extends Error {
  override readonly name = "Injected";
}

export type RunWorld = {
  readonly clock: VirtualClock;
  readonly weather: Weather;
  readonly random: Random;
  readonly points: CrashPoints;
};

type End = "killed" | "timed out";

const never = () => new Promise<never>(() => {});

export class FunctionRun {
  /** Settles only if it does not return by itself. */
  readonly died: Promise<End>;
  private isOver = false;
  private points = 0;
  private die: (how: End) => void = () => {};
  private readonly cancelTimeout: () => void;

  constructor(
    private readonly world: RunWorld,
    readonly route: string,
  ) {
    this.died = new Promise((resolve) => {
      this.die = (how) => {
        this.end();
        resolve(how);
      };
    });
    this.cancelTimeout = world.clock.after(TIMEOUT_MS, () => this.die("timed out"));
  }

  /** It has returned. */
  end(): void {
    this.isOver = true;
    this.cancelTimeout();
  }

  async cross<T>(call: string, apply: () => Promise<T>): Promise<T> {
    const { weather } = this.world;
    await this.travel("before", call);
    if (isData(call) && weather.strikes("N8", 0.004, `${call} throttled`)) throw new Injected("throttled");
    if (isWrite(call) && weather.strikes("N7", 0.001, `${call} held up past the time-out`)) {
      await this.world.clock.passed(TIMEOUT_MS + between(this.world.random, 0, 20_000));
      await apply();
      weather.lands(this.world.clock.now());
      return never();
    }
    const answer = await apply();
    await this.travel("after", call);
    if (isData(call) && weather.strikes("N8", 0.004, `${call} failed after applying`))
      throw new Injected("failed after applying");
    return answer;
  }

  private async travel(when: "before" | "after", call: string): Promise<void> {
    const { clock, random, points } = this.world;
    await clock.passed(between(random, 1, 8));
    if (this.isOver) return never();
    this.points += 1;
    if (points.pass(`${this.route}: ${when} ${call}`, this.points) === "goes on") return;
    this.die("killed");
    return never();
  }
}

const isData = (call: string) => !call.startsWith("push.");
const isWrite = (call: string) =>
  /append|amend|erase|bump|raise|ready|drop|watch$|left$|open|save/.test(call);
