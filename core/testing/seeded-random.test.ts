import { describe, expect, it } from "vitest";
import { below, seededRandom } from "./seeded-random";

describe("seeded random", () => {
  it("repeats itself for the same seed and differs for another", () => {
    const draw = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));

    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it("reaches every number below the end and no other", () => {
    const random = seededRandom(1);

    const seen = new Set(Array.from({ length: 500 }, () => below(random, 6)));

    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
