import { describe, expect, it } from "vitest";
import { createMeter } from "./create-meter";

const KB = 1024;

describe("messages of a socket", () => {
  const stepsOf = (bytes: number) => {
    const meter = createMeter();
    meter.frame("up", bytes, "$default");
    return meter.snapshot().frames[0]?.billedMessages;
  };

  it("are billed in steps of 32 KB", () => {
    expect(stepsOf(1)).toBe(1);
    expect(stepsOf(32 * KB)).toBe(1);
    expect(stepsOf(32 * KB + 1)).toBe(2);
    expect(stepsOf(128 * KB)).toBe(4);
  });

  it("are billed once when they are empty", () => {
    expect(stepsOf(0)).toBe(1);
  });

  it("are told apart by direction, route and cause", () => {
    const meter = createMeter();
    meter.frame("up", 100, "$default", "send");
    meter.frame("up", 120, "$default", "send");
    meter.frame("down", 40, "$default", "send");
    meter.frame("down", 16, "ping");
    expect(meter.snapshot().frames).toEqual([
      { direction: "up", route: "$default", cause: "send", count: 2, billedMessages: 2, bytes: 220 },
      { direction: "down", route: "$default", cause: "send", count: 1, billedMessages: 1, bytes: 40 },
      { direction: "down", route: "ping", cause: "ping", count: 1, billedMessages: 1, bytes: 16 },
    ]);
  });
});

describe("connections", () => {
  it("are billed by the minute that was begun", () => {
    const meter = createMeter();
    meter.connected(1);
    meter.connected(60_000);
    meter.connected(60_001);
    expect(meter.snapshot().connections).toEqual({ count: 3, connectedMs: 120_002, billedMinutes: 4 });
  });
});

describe("runs of a function", () => {
  it("are billed by whole milliseconds and by memory", () => {
    const meter = createMeter();
    meter.ran({ functionName: "frames", memoryMb: 512, billedMs: 9.2 });
    meter.ran({ functionName: "frames", memoryMb: 512, billedMs: 10 });
    // 20 ms of half a gigabyte.
    expect(meter.snapshot().runs).toEqual([
      expect.objectContaining({ requests: 2, coldStarts: 0, runMs: 20, initMs: 0, gbSeconds: 0.01 }),
    ]);
  });

  it("are billed for their cold start too", () => {
    const meter = createMeter();
    meter.ran({ functionName: "connect", memoryMb: 256, billedMs: 4, initMs: 95.5 });
    expect(meter.snapshot().runs).toEqual([
      expect.objectContaining({ requests: 1, coldStarts: 1, runMs: 4, initMs: 96, gbSeconds: 0.025 }),
    ]);
  });
});

describe("calls to the database", () => {
  const put = { functionName: "frames", action: "PutItem", table: "Log", readUnits: 0, writeUnits: 1 };

  it("are billed when their condition fails", () => {
    const meter = createMeter();
    meter.database({ ...put, failed: false });
    meter.database({ ...put, failed: true });
    expect(meter.snapshot().database).toEqual([
      {
        functionName: "frames",
        action: "PutItem",
        table: "Log",
        cause: "",
        calls: 2,
        failed: 1,
        readUnits: 0,
        writeUnits: 2,
      },
    ]);
  });

  it("are told apart by index", () => {
    const meter = createMeter();
    const query = { functionName: "frames", action: "Query", table: "Inbox", writeUnits: 0, failed: false };
    meter.database({ ...query, readUnits: 0.5 });
    meter.database({ ...query, readUnits: 1, index: "byActivity" });
    expect(meter.snapshot().database.map(({ index, readUnits }) => [index, readUnits])).toEqual([
      [undefined, 0.5],
      ["byActivity", 1],
    ]);
  });
});

describe("people", () => {
  it("are active once, however often they sign in", () => {
    const meter = createMeter();
    for (const user of ["ada", "grace", "ada"]) meter.signedIn(user);
    expect(meter.snapshot().activePeople).toBe(2);
  });
});

describe("the meter", () => {
  it("adds up logs by function", () => {
    const meter = createMeter();
    meter.logged(120, "frames", "send");
    meter.logged(80, "frames", "send");
    expect(meter.snapshot().logs).toEqual([{ functionName: "frames", cause: "send", lines: 2, bytes: 200 }]);
  });

  it("begins anew after a reset", () => {
    const meter = createMeter();
    const empty = meter.snapshot();
    meter.frame("up", 1, "ping");
    meter.connected(1);
    meter.ran({ functionName: "frames", memoryMb: 512, billedMs: 1 });
    meter.logged(1);
    meter.signedIn("ada");
    meter.reset();
    expect(meter.snapshot()).toEqual(empty);
  });

  it("gives a snapshot that does not change afterwards", () => {
    const meter = createMeter();
    meter.frame("up", 1, "ping");
    const before = meter.snapshot();
    meter.frame("up", 1, "ping");
    expect(before.frames[0]?.count).toBe(1);
  });
});
