import { describe, expect, it } from "vitest";
import { overruns } from "./budget";

describe("the budget", () => {
  it("is kept by figures at or under it", () => {
    expect(overruns({ frames: 3, dollars: 6 }, { frames: 3, dollars: 5.5 })).toEqual([]);
  });

  it("says which figure has risen, to what, and what was allowed", () => {
    expect(overruns({ frames: 3 }, { frames: 3.25 })).toEqual(["frames: 3.25, and the budget is 3"]);
  });

  it("does not pass over a figure that has no budget, nor a budget that nothing is measured for", () => {
    expect(overruns({ old: 1 }, { fresh: 1 })).toEqual([
      "old: it was not measured",
      "fresh: there is no budget for it",
    ]);
  });
});
