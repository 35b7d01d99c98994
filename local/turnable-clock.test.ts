import { describe, expect, it } from "vitest";
import { turnableClock } from "./turnable-clock";

describe("a turnable clock", () => {
  it("stands still until it is turned", () => {
    const clock = turnableClock(1_000);
    expect(clock.now()).toBe(1_000);
    clock.turn(500);
    expect(clock.now()).toBe(1_500);
  });

  it("calls what falls due in order, each at its own instant", () => {
    const clock = turnableClock(0);
    const calls: [string, number][] = [];
    clock.after(200, () => calls.push(["late", clock.now()]));
    clock.after(100, () => calls.push(["early", clock.now()]));
    clock.after(301, () => calls.push(["not yet", clock.now()]));
    clock.turn(300);
    expect(calls).toEqual([
      ["early", 100],
      ["late", 200],
    ]);
  });

  it("calls an alarm that another alarm sets within the same turn", () => {
    const clock = turnableClock(0);
    const calls: number[] = [];
    const again = () => {
      calls.push(clock.now());
      clock.after(100, again);
    };
    clock.after(100, again);
    clock.turn(350);
    expect(calls).toEqual([100, 200, 300]);
  });

  it("does not call what was cancelled", () => {
    const clock = turnableClock(0);
    let called = false;
    clock.after(10, () => (called = true))();
    clock.turn(20);
    expect(called).toBe(false);
  });
});
