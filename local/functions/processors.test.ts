import { describe, expect, it } from "vitest";
import { Processors, type Times } from "./processors";

function machine() {
  let now = 0;
  let times: Times = { idleMs: 0, allMs: 0, waitedMs: 0, workedMs: 0 };
  const processors = new Processors(
    () => times,
    () => now,
  );
  return {
    processors,
    pass: (ms: number, { idle, worked = 0.2 }: { readonly idle: number; readonly worked?: number }) => {
      now += ms;
      times = {
        idleMs: times.idleMs + idle * 4 * ms,
        allMs: times.allMs + 4 * ms,
        waitedMs: times.waitedMs + (1 - worked) * ms,
        workedMs: times.workedMs + worked * ms,
      };
    },
  };
}

describe("processors", () => {
  it("are spare while some of the time is idle, and not when hardly any is", () => {
    const { processors, pass } = machine();
    pass(100, { idle: 0.5 });
    expect(processors.areSpare()).toBe(true);
    pass(100, { idle: 0.1 });
    expect(processors.areSpare()).toBe(false);
    pass(100, { idle: 0.3 });
    expect(processors.areSpare()).toBe(true);
  });

  it("are of no use to a thread whose calls would wait for this one", () => {
    const { processors, pass } = machine();
    pass(100, { idle: 0.6, worked: 0.95 });
    expect(processors.areSpare()).toBe(false);
    pass(100, { idle: 0.6, worked: 0.5 });
    expect(processors.areSpare()).toBe(true);
  });

  it("are not judged by less than the kernel can count", () => {
    const { processors, pass } = machine();
    pass(100, { idle: 0 });
    expect(processors.areSpare()).toBe(false);
    pass(20, { idle: 1 });
    expect(processors.areSpare()).toBe(false);
    pass(40, { idle: 1 });
    expect(processors.areSpare()).toBe(true);
  });

  it("are this machine's own", () => {
    expect(typeof new Processors().areSpare()).toBe("boolean");
  });
});
