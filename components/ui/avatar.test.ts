import { describe, expect, it } from "vitest";
import { initialsOf, toneOf } from "./avatar";

describe("an avatar", () => {
  it.each([
    ["Ada Lovelace", "AL"],
    ["ada", "A"],
    ["Grace Brewster Murray Hopper", "GH"],
    ["  (Max)  Müller ", "MM"],
    ["عائشة حسن", "عح"],
    ["🦊", "?"],
    ["", "?"],
  ])("of %j shows %s", (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  it("has one tone for one seed", () => {
    expect(toneOf("ada")).toBe(toneOf("ada"));
    expect(
      new Set(["ada", "grace", "alan", "edsger", "barbara", "donald", "tim"].map(toneOf)).size,
    ).toBeGreaterThan(2);
  });
});
