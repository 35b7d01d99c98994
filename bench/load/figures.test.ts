import { describe, expect, it } from "vitest";
import { percentile, spreadOf } from "./figures";

describe("figures", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it("take the percentile of the sorted values, whatever their order", () => {
    expect([percentile(hundred, 0.5), percentile(hundred, 0.99)]).toEqual([51, 100]);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it("take the middle round, and say how far the others were from it", () => {
    expect(spreadOf([30, 10, 20])).toEqual({ median: 20, least: 10, most: 30 });
    expect(spreadOf([1, 2, 3, 10]).median).toBe(2.5);
  });

  it("are no number where nothing was measured", () => {
    expect([percentile([], 0.5), spreadOf([]).median]).toEqual([Number.NaN, Number.NaN]);
  });
});
