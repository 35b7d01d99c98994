import type { Random } from "../domain/ports/clock";
import type { Pause } from "./memory-log";
import { below } from "./seeded-random";

type Parked = { readonly resume: () => void; readonly mortal: boolean; readonly rested: boolean };

export type Odds = {
  /** Of a step of the server never to return: the function was killed there. */
  readonly crash: number;
  /** Of a step of the server to take very long, while everything else goes on. */
  readonly sleep: number;
};

/** How many steps of the others a sleeper sleeps at the most; a message takes about fifteen. */
const LONGEST_SLEEP = 1_500;

/**
 * Runs what was started so that one piece at a time goes on, from one pause to its next, in an order that the
 * seed decides. Crashes and sleeps strike at any pause of the server.
 */
export class Interleaving {
  private parked: Parked[] = [];
  private asleep: { readonly sleeper: Parked; readonly wakesAt: number }[] = [];
  private stepsTaken = 0;
  private crashesCaused = 0;

  constructor(
    private readonly random: Random,
    private readonly odds: Odds,
  ) {}

  readonly server: Pause = () => this.park(true);
  readonly device: Pause = () => this.park(false);

  get steps(): number {
    return this.stepsTaken;
  }

  get crashes(): number {
    return this.crashesCaused;
  }

  /** Until everything has ended or crashed. `idle` resolves when all that can run without a pause has run. */
  async run(idle: () => Promise<void>): Promise<void> {
    await idle();
    for (;;) {
      this.wakeSleepers();
      const next = this.takeOne();
      if (!next) return;
      this.stepsTaken += 1;
      const fate = next.mortal && !next.rested ? this.random() : 1;
      if (fate < this.odds.crash) this.crashesCaused += 1;
      else if (fate < this.odds.crash + this.odds.sleep) this.putToSleep(next);
      else {
        next.resume();
        await idle();
      }
    }
  }

  private park(mortal: boolean): Promise<void> {
    return new Promise((resume) => this.parked.push({ resume, mortal, rested: false }));
  }

  private putToSleep(parked: Parked): void {
    const wakesAt = this.stepsTaken + below(this.random, LONGEST_SLEEP);
    this.asleep.push({ sleeper: { ...parked, rested: true }, wakesAt });
  }

  /** All of them, once nobody else is left. */
  private wakeSleepers(): void {
    const due = (wakesAt: number) => this.parked.length === 0 || wakesAt <= this.stepsTaken;
    const woken = this.asleep.filter(({ wakesAt }) => due(wakesAt));
    if (woken.length === 0) return;
    this.asleep = this.asleep.filter(({ wakesAt }) => !due(wakesAt));
    this.parked.push(...woken.map(({ sleeper }) => sleeper));
  }

  private takeOne(): Parked | undefined {
    const index = below(this.random, this.parked.length);
    const [taken] = this.parked.splice(index, 1);
    return taken;
  }
}
