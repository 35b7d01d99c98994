import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { LeapingClock } from "./leaping-clock";

const HOUR_MS = 3_600_000;

describe("the devices' clock", () => {
  it("lets happen after a leap what fell due in it, in order, and once", async () => {
    const clock = new LeapingClock();
    const rung: string[] = [];
    const startedAt = clock.now();
    clock.after(20_000, () => rung.push(`late, ${Math.round((clock.now() - startedAt) / HOUR_MS)} h on`));
    clock.after(10_000, () => {
      rung.push("early");
      clock.after(10_000, () => rung.push("set afterwards"));
    });
    clock.after(2 * HOUR_MS, () => rung.push("not yet"));
    clock.after(10_000, () => rung.push("cancelled"))();
    clock.leap(HOUR_MS);
    expect(rung).toEqual([]);
    await pause(20);
    expect(rung).toEqual(["early", "late, 1 h on"]);
  });
});
