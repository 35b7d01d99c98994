import { describe, expect, it } from "vitest";
import { backoffMs, LONGEST_BACKOFF_MS } from "./backoff";

describe("backing off", () => {
  it("stays inside a bound that doubles up to the longest", () => {
    const almostOne = 1 - Number.EPSILON;

    expect(backoffMs(0, almostOne)).toBeLessThanOrEqual(1_000);
    expect(backoffMs(3, almostOne)).toBeLessThanOrEqual(8_000);
    expect(backoffMs(1_000_000, almostOne)).toBeLessThanOrEqual(LONGEST_BACKOFF_MS);
  });

  it("may come at once", () => {
    expect(backoffMs(20, 0)).toBe(0);
  });
});
