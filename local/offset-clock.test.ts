import { describe, expect, it } from "vitest";
import { offsetClock } from "./offset-clock";

const HOUR_MS = 3_600_000;

describe("the cloud's clock", () => {
  it("is this machine's until it is turned", () => {
    const clock = offsetClock();
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(5);
    clock.turn(2 * HOUR_MS);
    expect(Math.abs(clock.now() - Date.now() - 2 * HOUR_MS)).toBeLessThan(5);
    expect(new Float64Array(clock.offset)[0]).toBe(2 * HOUR_MS);
  });

  it("starts where another was when its process was killed", () => {
    const clock = offsetClock(3 * HOUR_MS);
    expect(Math.abs(clock.now() - Date.now() - 3 * HOUR_MS)).toBeLessThan(5);
    expect(new Float64Array(clock.offset)[0]).toBe(3 * HOUR_MS);
  });

  it("calls what falls due in a turn in order, about its own instant", () => {
    const clock = offsetClock();
    const startedAt = clock.now();
    const calls: [string, number][] = [];
    const note = (name: string) => () => calls.push([name, Math.round((clock.now() - startedAt) / 1_000)]);
    clock.after(20_000, note("late"));
    clock.after(10_000, note("early"));
    clock.after(31_000, note("not yet"));
    clock.after(10_000, () => clock.after(5_000, note("set on the way")));
    clock.turn(30_000);
    expect(calls).toEqual([
      ["early", 10],
      ["set on the way", 15],
      ["late", 20],
    ]);
  });

  it("calls in real time too, sooner when it was turned meanwhile", async () => {
    const clock = offsetClock();
    const soon = new Promise<string>((resolve) => clock.after(5, () => resolve("soon")));
    const turned = new Promise<string>((resolve) => clock.after(HOUR_MS, () => resolve("turned")));
    expect(await soon).toBe("soon");
    clock.turn(HOUR_MS - 5);
    expect(await turned).toBe("turned");
  });

  it("does not call what was cancelled", async () => {
    const clock = offsetClock();
    let called = false;
    const cancel = clock.after(1, () => (called = true));
    cancel();
    clock.turn(10);
    await new Promise<void>((resolve) => clock.after(5, resolve));
    expect(called).toBe(false);
  });
});
