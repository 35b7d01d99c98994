import { describe, expect, it } from "vitest";
import { readBenchOptions, SYSTEMS } from "./options";

describe("the bench's options", () => {
  it("are all systems, whole, when nothing is said", () => {
    expect(readBenchOptions([])).toEqual({ only: SYSTEMS, isQuick: false });
  });

  it("take some systems, in the table's order", () => {
    expect(readBenchOptions(["--quick", "--only", "relay,ours"])).toEqual({
      only: ["ours", "relay"],
      isQuick: true,
    });
  });

  it("refuse what they do not know, and say what they do", () => {
    expect(() => readBenchOptions(["--fast"])).toThrow(/unable to understand "--fast"; say npm run bench/);
    expect(() => readBenchOptions(["--only", "ours,redis"])).toThrow(/unable to measure "redis"; say/);
    expect(() => readBenchOptions(["--only"])).toThrow(/unable to measure ""/);
  });
});
