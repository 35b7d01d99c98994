// Forty seeds of 500 messages each. `npm test` plays the first four, `npm run test:long` all others, in two files side by side.

import { describe, expect, it } from "vitest";
import { HEALING_MS } from "../checker/rules/converges";
import { brokenIn, INVARIANT_NAMES } from "../checker/verdict";
import type { FaultKind } from "../history/event";
import { setting, tryOut } from "./trial";
import { SIMULATED } from "./weather";

export const MESSAGES = 500;

export function judgeSeeds(first: number, last: number): void {
  const seeds = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const struck = new Set<FaultKind>();
  const checked = new Map<string, number>();

  describe(`${MESSAGES} messages under every kind of fault`, () => {
    it.each(seeds)("break no promise with seed %i", async (seed) => {
      const { verdict, history, healedMs } = await tryOut(setting(seed, MESSAGES));

      expect(brokenIn(verdict).map((name) => [name, verdict[name].offences[0]])).toEqual([]);
      expect(healedMs).toBeLessThanOrEqual(HEALING_MS);
      for (const event of history) if (event.is === "fault") struck.add(event.kind);
      for (const name of INVARIANT_NAMES) checked.set(name, (checked.get(name) ?? 0) + verdict[name].checked);
    });

    it("met each of these kinds, and looked at each promise", () => {
      expect(SIMULATED.filter((kind) => !struck.has(kind))).toEqual([]);
      expect(INVARIANT_NAMES.filter((name) => !checked.get(name))).toEqual([]);
    });
  });
}
