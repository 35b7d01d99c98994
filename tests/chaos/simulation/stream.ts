// The log's stream and what reads it: entries in their order, a second later, in batches. A batch of which something
// fails comes again from there; what fails too often goes to the dead letters, and the stream goes on behind it.
//
//   N10  batches that are late · batches that come again although they were read · a record that nobody can read

import type { Entry } from "../../../core/domain/entry";
import type { Random } from "../../../core/domain/ports/clock";
import { below } from "../../../core/testing/seeded-random";
import type { VirtualClock } from "./virtual-clock";
import type { Weather } from "./weather";

type Letter = { readonly is: "entry"; readonly entry: Entry } | { readonly is: "unreadable" };

export type StreamWorld = {
  readonly clock: VirtualClock;
  readonly weather: Weather;
  readonly random: Random;
};

/** Relays these and answers with the place of the first that is to come again; undefined: none, or -1: all died. */
export type Reader = (entries: readonly Entry[]) => Promise<readonly Entry[] | "died">;

/** See amplify/chat/relay.ts. */
const WINDOW_MS = 1_000;
const BATCH = 20;
const ATTEMPTS = 7;
const PAUSE_MS = 1_000;

export class Stream {
  private readonly waiting: Letter[] = [];
  private isReading = false;
  deadLetters = 0;
  poisoned = 0;

  constructor(
    private readonly world: StreamWorld,
    private readonly read: Reader,
  ) {}

  put(entry: Entry): void {
    const { weather } = this.world;
    this.waiting.push({ is: "entry", entry });
    if (weather.strikes("N10", 0.004, "a record that nobody can read")) {
      this.poisoned += 1;
      this.waiting.push({ is: "unreadable" });
    }
    if (!this.isReading) void this.run();
  }

  private async run(): Promise<void> {
    const { clock, weather, random } = this.world;
    this.isReading = true;
    while (this.waiting.length > 0) {
      const isLate = weather.strikes("N10", 0.03, "the stream was late");
      await clock.passed(isLate ? below(random, 20_000) : WINDOW_MS);
      if (isLate) weather.lands(clock.now());
      const batch = this.waiting.splice(0, BATCH);
      await this.readAll(batch);
      if (weather.strikes("N10", 0.05, "a batch came again")) await this.once(batch);
    }
    this.isReading = false;
  }

  /** Bisected: what is left of a batch that fails whole is read one by one in the end. */
  private async readAll(batch: readonly Letter[]): Promise<void> {
    let left = batch;
    for (let attempts = 1; left.length > 0; attempts += 1) {
      const failedAt = await this.once(left);
      if (failedAt === undefined) return;
      if (failedAt > 0) attempts = 0;
      left = left.slice(failedAt);
      if (attempts >= ATTEMPTS) {
        this.deadLetters += 1;
        left = left.slice(1);
        attempts = 0;
      }
      await this.world.clock.passed(PAUSE_MS);
    }
  }

  /** Where it has to begin again. */
  private async once(batch: readonly Letter[]): Promise<number | undefined> {
    const entries = batch.flatMap((letter) => (letter.is === "entry" ? [letter.entry] : []));
    const failed = entries.length > 0 ? await this.read(entries) : [];
    if (failed === "died") return 0;
    const first = batch.findIndex((letter) => letter.is === "unreadable" || failed.includes(letter.entry));
    return first === -1 ? undefined : first;
  }
}
