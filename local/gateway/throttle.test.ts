import { describe, expect, it } from "vitest";
import { turnableClock } from "../turnable-clock";
import { tokenBucket } from "./throttle";

const taken = (bucket: () => boolean, tries: number) =>
  Array.from({ length: tries }, bucket).filter(Boolean).length;

describe("a token bucket", () => {
  it("holds the burst, and fills at the rate", () => {
    const clock = turnableClock();
    const bucket = tokenBucket({ perSecond: 10, burst: 5 }, clock);
    expect(taken(bucket, 20)).toBe(5);
    clock.turn(300);
    expect(taken(bucket, 20)).toBe(3);
    clock.turn(60_000);
    expect(taken(bucket, 20)).toBe(5);
  });
});
