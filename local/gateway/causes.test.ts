import { describe, expect, it } from "vitest";
import { createCauses } from "./causes";

describe("what a frame says, as a cause", () => {
  it("is its word, or the route where that is none", () => {
    const causes = createCauses();
    const words = ["send", undefined, "a b", "x".repeat(33)];
    expect(words.map((word) => causes(word, "$default"))).toEqual([
      "send",
      "$default",
      "$default",
      "$default",
    ]);
  });

  it("is no more than a few dozen words, however many an attacker says", () => {
    const causes = createCauses();
    causes("send", "$default");
    const said = Array.from({ length: 10_000 }, (_, number) => causes(`word${number}`, "$default"));

    expect(new Set(said).size).toBeLessThanOrEqual(64);
    expect(said.at(-1)).toBe("$default");
    expect(causes("send", "$default")).toBe("send");
  });
});
