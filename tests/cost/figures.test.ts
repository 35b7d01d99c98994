import { describe, expect, it } from "vitest";
import { createMeter } from "../../local/meter/create-meter";
import type { Meter } from "../../local/meter/meter";
import { figuresOf, type Measured } from "./figures";

/** One message as it goes: a frame, a look, a put, the devices, a push, an answer. */
function message(meter: Meter, cause = "send"): void {
  const call = { functionName: "Frames", readUnits: 0, writeUnits: 0, failed: false, cause };
  meter.frame("up", 280, "$default", cause);
  meter.database({ ...call, action: "Query", table: "Log", readUnits: 1 });
  meter.database({ ...call, action: "PutItem", table: "Log", writeUnits: 1 });
  meter.database({ ...call, action: "Query", table: "Connections", readUnits: 2 });
  meter.frame("down", 400, "@connections", cause);
  meter.ran({ functionName: "Frames", memoryMb: 512, billedMs: 9, cause });
  meter.frame("down", 160, "$default", cause);
}

const metered = (use: (meter: Meter) => void) => {
  const meter = createMeter();
  use(meter);
  return meter.snapshot();
};
const plain = { count: 1, usage: metered(message) };
const measured: Measured = {
  plain,
  crowded: plain,
  crowd: 10_000,
  day: metered((meter) => {
    for (let count = 0; count < 80; count += 1) message(meter);
    meter.connected(3 * 3_600_000);
    meter.connected(3 * 3_600_000);
  }),
  syncs: { lookouts: 0, catchUps: 0 },
  stored: { bytes: 40_000, recoverableBytes: 30_000 },
};

describe("the figures", () => {
  it("of a message are what its frame has set off", () => {
    const { message: figures } = figuresOf(measured);
    expect(figures.frames).toEqual({ up: 1, answer: 1, push: 1 });
    expect(figures.writeUnitsOfAppend).toBe(1);
    expect(figures.units).toMatchObject({
      socketMessages: 3,
      readUnits: 3,
      writeUnits: 1,
      runs: 1,
      measuredMs: 9,
    });
    // Its own 3 ms, three calls of 5, a post of 10, and 2.5 for one cold start in a hundred of 250.
    expect(figures.units.reckonedMs).toBeCloseTo(30.5, 10);
  });

  it("price a message as worked out by hand", () => {
    // In millionths: 3 frames, 1 run, 30.5 ms of half a GB, 1 write, 3 reads, 560 bytes out.
    const byHand = 3 + 0.2 + 0.0305 * 0.5 * 13.3334 + 0.625 + 3 * 0.125 + (560 / 1024 ** 3) * 90_000;
    expect(figuresOf(measured).million.alone).toBeCloseTo(byHand, 6);
  });

  it("of a month are those of thirty days of a thousand people, signed in once", () => {
    const { month } = figuresOf(measured);
    expect(month.decisions["connection minutes"].dollars).toBeCloseTo(
      (1_000 * 180 * 30 * 0.25) / 1_000_000,
      8,
    );
    expect(month.decisions["sign-in"].dollars).toBeCloseTo(5.5, 10);
    expect(month.decisions.alarms.dollars).toBeCloseTo(0.1, 10);
    expect(month.decisions.messages.writeUnits).toBe(1_000 * 40 * 30);
  });

  it("say so when a message uses more in a crowd", () => {
    const dearer = metered((meter) => {
      message(meter);
      meter.database({
        ...{ functionName: "Frames", action: "Scan", table: "People", readUnits: 900, writeUnits: 0 },
        ...{ failed: false, cause: "send" },
      });
    });
    const { crowd } = figuresOf({ ...measured, crowded: { count: 1, usage: dearer } });
    expect(figuresOf(measured).crowd.differs).toEqual([]);
    expect(crowd.differs).toEqual(["Scan People: 0 units a message, then 900"]);
  });
});
