import { describe, expect, it } from "vitest";
import { offsetClock } from "../offset-clock";
import { inThePast } from "./time-travel";

const DAY_MS = 86_400_000;
const aheadOf = (clock: ReturnType<typeof offsetClock>) => new Float64Array(clock.offset)[0];

describe("a stay in the past", () => {
  it("is dated back by as much as was asked, moves on in steps and ends in the present", async () => {
    const clock = offsetClock(5_000);
    const seen: (number | undefined)[] = [];
    await inThePast(clock, DAY_MS, async ({ forward }) => {
      seen.push(aheadOf(clock));
      forward(DAY_MS - 60_000);
      seen.push(aheadOf(clock));
      forward(DAY_MS);
      seen.push(aheadOf(clock));
    });
    expect(seen).toEqual([5_000 - DAY_MS, 5_000 - 60_000, 5_000]);
    expect(aheadOf(clock)).toBe(5_000);
  });

  it("ends in the present when something fails there", async () => {
    const clock = offsetClock();
    await expect(
      inThePast(clock, DAY_MS, async () => Promise.reject(new Error("no coffee"))),
    ).rejects.toThrow("no coffee");
    expect(aheadOf(clock)).toBe(0);
  });

  it("rings no alarm that was set in the present and is not due yet", async () => {
    const clock = offsetClock();
    let rung = 0;
    const cancel = clock.after(3_600_000, () => (rung += 1));
    await inThePast(clock, DAY_MS, async ({ forward }) => forward(DAY_MS / 2));
    expect(rung).toBe(0);
    clock.turn(3_600_001);
    expect(rung).toBe(1);
    cancel();
  });
});
