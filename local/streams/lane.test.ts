import { afterEach, describe, expect, it, vi } from "vitest";
import { turnableClock } from "../turnable-clock";
import { createLane } from "./lane";
import { createOutstanding } from "./outstanding";
import type { StreamRecord } from "./stream-record";

let stopping = new AbortController();
afterEach(() => {
  stopping.abort();
  stopping = new AbortController();
});

const record = (sequence: string, bytes = 1): StreamRecord => ({
  ...{ sequence, number: sequence, event: {}, createdAt: 0, bytes },
});

function lane(mapping: { batchSize: number; windowMs: number }, lateMs = 0) {
  const clock = turnableClock();
  const batches: string[] = [];
  const opened = createLane({
    ...{ mapping, clock, stop: stopping.signal },
    lateMs: () => lateMs,
    deliver: async (records) => void batches.push(records.map((it) => it.sequence).join("")),
  });
  const push = (letters: string, bytes?: number) => {
    for (const letter of letters) opened.push(record(letter, bytes));
  };
  return { clock, batches, push };
}

const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve));

describe("a lane", () => {
  it("takes what is there, up to the batch size", async () => {
    const { batches, push } = lane({ batchSize: 2, windowMs: 0 });
    push("abc");
    await vi.waitFor(() => expect(batches).toEqual(["ab", "c"]), 60_000);
  });

  it("takes no more than an invocation may carry, and a record alone however large", async () => {
    const { batches, push } = lane({ batchSize: 10, windowMs: 0 });
    push("abc", 3 * 1_024 * 1_024);
    push("d", 7 * 1_024 * 1_024);
    await vi.waitFor(() => expect(batches).toEqual(["ab", "c", "d"]), 60_000);
  });

  it("waits for the window to pass, or for the batch to be full", async () => {
    const { clock, batches, push } = lane({ batchSize: 3, windowMs: 1_000 });
    push("a");
    await turnOfTheLoop();
    clock.turn(999);
    push("b");
    await turnOfTheLoop();
    expect(batches).toEqual([]);
    clock.turn(1);
    await vi.waitFor(() => expect(batches).toEqual(["ab"]), 60_000);
    push("cde");
    await vi.waitFor(() => expect(batches).toEqual(["ab", "cde"]), 60_000);
  });

  it("is late in weather that makes it so", async () => {
    const { clock, batches, push } = lane({ batchSize: 3, windowMs: 0 }, 500);
    push("a");
    await turnOfTheLoop();
    clock.turn(499);
    await turnOfTheLoop();
    expect(batches).toEqual([]);
    clock.turn(1);
    await vi.waitFor(() => expect(batches).toEqual(["a"]), 60_000);
  });
});

describe("what is outstanding", () => {
  it("moves the position only past what is done without a gap", () => {
    const outstanding = createOutstanding();
    for (const sequence of ["1", "2", "3"]) outstanding.add(sequence);
    expect(outstanding.settle("2")).toBeUndefined();
    expect(outstanding.settle("1")).toBe("2");
    expect(outstanding.settle("3")).toBe("3");
    expect(outstanding.size()).toBe(0);
  });
});
