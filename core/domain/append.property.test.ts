// The figures are those of seeds that were enough to see each planted fault many times over. A message costs about
// fifteen steps, so the whole file takes a few seconds.

import { describe, expect, it } from "vitest";
import { runTrial, type History, type TrialOptions } from "../testing/append-trial";
import { verdict } from "../testing/append-verdict";
import { laggingLog } from "../testing/lagging-log";
import { append, appendWith } from "./append";
import { findOwn, readStretch, readStretchWith } from "./stretch";

const idle = () => new Promise<void>((resolve) => setImmediate(resolve));

type Trials = Omit<TrialOptions, "seed"> & { readonly seeds: number };

async function runTrials({ seeds, ...options }: Trials): Promise<readonly History[]> {
  const histories: History[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) histories.push(await runTrial({ ...options, seed }, idle));
  return histories;
}

const broken = (histories: readonly History[]) =>
  histories.flatMap((history, index) => verdict(history).map((what) => `seed ${index + 1}: ${what}`));
const total = (histories: readonly History[], count: keyof History["counts"]) =>
  histories.reduce((sum, history) => sum + history.counts[count], 0);
const entriesOf = (histories: readonly History[]) =>
  histories.reduce((sum, { log, conversation }) => sum + log.entries(conversation).length, 0);

describe("appending, whatever happens in between", () => {
  it("loses, doubles and reorders nothing", async () => {
    const histories = await runTrials({ append, seeds: 100, messagesEach: 40 });

    expect(broken(histories)).toEqual([]);
    expect(entriesOf(histories)).toBeGreaterThan(11_000);
    expect(total(histories, "puts") / entriesOf(histories)).toBeLessThan(1.6);
    expect(total(histories, "crashes")).toBeGreaterThan(1_000);
    expect(total(histories, "refused")).toBeGreaterThan(100);
  }, 60_000);

  it("agrees on the first slots, however many begin at once", async () => {
    const histories = await runTrials({ append, seeds: 500, messagesEach: 2 });

    expect(broken(histories)).toEqual([]);
  }, 60_000);
});

describe("appending with a part left out", () => {
  it("doubles messages without the look for one's own id", async () => {
    const blind = appendWith({ read: readStretch, findOwn: () => undefined });

    expect(broken(await runTrials({ append: blind, seeds: 10, messagesEach: 40 })).join()).toContain(
      "doubled",
    );
  });

  it("doubles messages without the look for gaps", async () => {
    const trusting = appendWith({ read: readStretchWith(() => true), findOwn });

    expect(broken(await runTrials({ append: trusting, seeds: 20, messagesEach: 40 })).join()).toContain(
      "doubled",
    );
  });

  it("tears a hole into the log without the consistent read", async () => {
    const trials = { append, worsen: laggingLog, seeds: 40, messagesEach: 3 };

    expect(broken(await runTrials(trials)).join()).toContain("a hole");
  });
});
