import { describe, expect, it } from "vitest";
import { FakeClock } from "./fake-clock";

describe("the fake clock", () => {
  it("lets alarms go off in the order of their instants, each at its own", () => {
    const clock = new FakeClock(1_000);
    const heard: [string, number][] = [];
    clock.after(20, () => heard.push(["second", clock.now()]));
    clock.after(10, () => heard.push(["first", clock.now()]));

    clock.advance(30);

    expect(heard).toEqual([
      ["first", 1_010],
      ["second", 1_020],
    ]);
    expect(clock.now()).toBe(1_030);
  });

  it("keeps silent about what was cancelled and about what is not due", () => {
    const clock = new FakeClock();
    const heard: string[] = [];
    const cancel = clock.after(10, () => heard.push("cancelled"));
    clock.after(11, () => heard.push("too early"));

    cancel();
    clock.advance(10);

    expect(heard).toEqual([]);
    expect(clock.waiting).toBe(1);
  });

  it("sees an alarm that an alarm has set", () => {
    const clock = new FakeClock(0);
    const heard: number[] = [];
    clock.after(10, () => clock.after(5, () => heard.push(clock.now())));

    clock.advance(15);

    expect(heard).toEqual([15]);
  });
});
