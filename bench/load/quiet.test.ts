import { describe, expect, it, vi } from "vitest";
import { quiet } from "./quiet";

const atOnce = () => Promise.resolve();

const spending = (looks: readonly number[]) => {
  let [sum, at] = [0, 0];
  return () => (sum += looks[at++] ?? 0);
};

describe("before a round", () => {
  it("it is waited until the others have done what they had left", async () => {
    const busyMs = vi.fn(spending([900, 240, 180, 60, 10, 250]));
    expect(await quiet(busyMs, atOnce)).toBe(true);
    expect(busyMs).toHaveBeenCalledTimes(5);
  });

  it("it is said when they do not come to an end", async () => {
    expect(await quiet(spending(Array.from({ length: 1_000 }, () => 100)), atOnce)).toBe(false);
  });
});
