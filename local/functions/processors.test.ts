import { describe, expect, it } from "vitest";
import { Processors, type Times } from "./processors";

function machine() {
  let now = 0;
  let times: Times = { idleMs: 0, allMs: 0 };
  const processors = new Processors(
    () => times,
    () => now,
  );
  return {
    processors,
    pass: (ms: number, idle: number) => {
      now += ms;
      times = { idleMs: times.idleMs + idle * ms, allMs: times.allMs + ms };
    },
  };
}

describe("processors", () => {
  it("are spare while some of the time is idle, and not when none is", () => {
    const { processors, pass } = machine();
    pass(100, 0.5);
    expect(processors.areSpare()).toBe(true);
    pass(100, 0.02);
    expect(processors.areSpare()).toBe(false);
    pass(100, 0.3);
    expect(processors.areSpare()).toBe(true);
  });

  it("are not judged by less than the kernel can count", () => {
    const { processors, pass } = machine();
    pass(100, 0);
    expect(processors.areSpare()).toBe(false);
    pass(20, 1);
    expect(processors.areSpare()).toBe(false);
    pass(40, 1);
    expect(processors.areSpare()).toBe(true);
  });

  it("reads this machine's own", () => {
    expect(typeof new Processors().areSpare()).toBe("boolean");
  });
});
