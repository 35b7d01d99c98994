// The figures are those of seeds that were enough to see each planted fault many times over.

import { describe, expect, it } from "vitest";
import { runAmendTrial, type AmendHistory, type AmendTrialOptions } from "../testing/amend-trial";
import { amendVerdict } from "../testing/amend-verdict";
import { applyToTarget, type ApplyPorts } from "./apply-to-target";
import type { Entry } from "./entry";
import type { Log } from "./ports/log";

const idle = () => new Promise<void>((resolve) => setImmediate(resolve));

type Trials = Omit<AmendTrialOptions, "seed"> & { readonly seeds: number };

async function runTrials({ seeds, ...options }: Trials): Promise<readonly AmendHistory[]> {
  const histories: AmendHistory[] = [];
  for (let seed = 1; seed <= seeds; seed += 1)
    histories.push(await runAmendTrial({ ...options, seed }, idle));
  return histories;
}

const broken = (histories: readonly AmendHistory[]) =>
  histories.flatMap((history, index) => amendVerdict(history).map((what) => `seed ${index + 1}: ${what}`));
const total = (histories: readonly AmendHistory[], code: string) =>
  histories.reduce((sum, { refused }) => sum + (refused.get(code) ?? 0), 0);

/** Like the product's, but with another log behind it. */
const through = (worsen: (log: Log) => Partial<Log>) => (ports: ApplyPorts, entry: Entry) =>
  applyToTarget({ log: { ...bound(ports.log), ...worsen(ports.log) } }, entry);

const bound = (log: Log): Log => ({
  readFrom: log.readFrom.bind(log),
  readBefore: log.readBefore.bind(log),
  tail: log.tail.bind(log),
  append: log.append.bind(log),
  amend: log.amend.bind(log),
  eraseEdit: log.eraseEdit.bind(log),
});

describe("amendments, whatever happens in between", () => {
  it("come out as the log says, and no text outlives its delete", async () => {
    const histories = await runTrials({ apply: applyToTarget, relays: true, seeds: 150, actionsEach: 40 });

    expect(broken(histories)).toEqual([]);
    expect(histories.reduce((sum, { crashes }) => sum + crashes, 0)).toBeGreaterThan(1_000);
    for (const code of ["deleted", "not-yours", "cannot-deliver"])
      expect(total(histories, code), code).toBeGreaterThan(50);
  }, 60_000);
});

describe("with a part left out", () => {
  const few = { seeds: 30, actionsEach: 40 };

  it("a crash between the two writes is not healed without the relay", async () => {
    const found = broken(await runTrials({ apply: applyToTarget, relays: false, ...few })).join();

    expect(found).toContain("still says something");
    expect(found).toContain("says what it should not");
  });

  it("an edit that finds its message deleted keeps its text, unless it erases itself", async () => {
    const apply = async (ports: ApplyPorts, entry: Entry) => {
      if (entry.kind !== "edit") return applyToTarget(ports, entry);
      await ports.log.amend(entry);
      return entry;
    };

    expect(broken(await runTrials({ apply, relays: true, ...few })).join()).toContain("outlived its delete");
  });

  it("the edits before a delete keep their texts, unless it erases them", async () => {
    const apply = through(() => ({ eraseEdit: async () => {} }));

    expect(broken(await runTrials({ apply, relays: true, ...few })).join()).toContain("outlived its delete");
  });

  it("the last one to come counts, not the newest, where nobody looks at the seq", async () => {
    const apply = through((log) => ({
      amend: async (by) => {
        const [target] = await log.readFrom(by.conversation, by.target, 1);
        if (target?.kind !== "message") return log.amend(by);
        Object.assign(target, { edited: undefined });
        return log.amend(by);
      },
    }));

    expect(broken(await runTrials({ apply, relays: true, ...few })).join()).toContain(
      "says what it should not",
    );
  });
});
