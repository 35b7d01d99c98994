import { describe, expect, it } from "vitest";
import { play } from "./play";
import type { Act } from "./plan";
import { check } from "../checker/check";
import { rotationsIn } from "./tally-up";

/** A line is renewed every ten minutes here (token-office.ts), within five of them: so long a talk has enough. */
const SPOKEN = 480;
const PAUSE_MS = 60_000;

describe("a hundred rotations in the middle of talk", () => {
  it("leave no device without a ready row, and nothing is lost in them", async () => {
    const acts = Array.from({ length: SPOKEN }, (_, index): Act => ({
      index,
      afterMs: index % 7 < 3 ? 30 : PAUSE_MS,
      deed: { is: "operation", what: "send" },
    }));
    const { history } = await play({ seed: 1, acts, kinds: new Set(), rounds: 0 });
    const { I10, I12 } = check(history);

    expect(rotationsIn(history)).toBeGreaterThanOrEqual(100);
    expect(I12.offences).toEqual([]);
    expect(I10.offences).toEqual([]);
  });
});
