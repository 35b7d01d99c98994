import { availableParallelism } from "node:os";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { wallClock } from "../wall-clock";
import type { Invocation } from "../resources";
import type { Environment } from "./environment";
import { createPool } from "./pool";
import type { FunctionSettings } from "./settings";
import { unwatched, type Watch } from "./watch";

const AWAKE = availableParallelism() + 2;
const MINUTE_MS = 60_000;
const SETTINGS: FunctionSettings = {
  name: "frames-1",
  shortName: "frames",
  arn: "arn:aws:lambda:us-east-1:000000000000:function:frames-1",
  roleArn: "arn:aws:iam::000000000000:role/frames",
  directory: "/nowhere",
  runtime: "nodejs20.x",
  handler: "index.handler",
  memoryMb: 512,
  timeoutMs: 25_000,
  environment: {},
  reservedConcurrency: undefined,
};

/** Environments that are ready at once and run until they are told to end. */
function poolOn(machine: { isSpare: boolean }, watch: Watch = unwatched) {
  const ends: (() => void)[] = [];
  let started = 0;
  let retired = 0;
  const pool = createPool({
    settings: SETTINGS,
    clock: wallClock,
    log: { write: () => {}, close: () => Promise.resolve() },
    watch,
    processors: { areSpare: () => machine.isSpare },
    start: (onEnded) => {
      started += 1;
      const environment: Environment = {
        started: Promise.resolve({ is: "ready", initMs: 1 }),
        run: () =>
          new Promise<Invocation>((resolve) =>
            ends.push(() => resolve({ is: "returned", payload: undefined })),
          ),
        memoryUsedMb: () => 40,
        end: () => {
          retired += 1;
          onEnded(environment);
          return Promise.resolve();
        },
      };
      return Promise.resolve(environment);
    },
  });
  const invoke = (times: number) => {
    for (let count = 0; count < times; count += 1) void pool.invoke({}, "test");
  };
  return {
    invoke,
    isBusy: () => pool.isBusy(),
    started: () => started,
    retired: () => retired,
    running: () => ends.length,
    endAll: () => ends.splice(0).map((end) => end()),
  };
}

describe("the environments of a function", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("grow to what waits while a processor is spare", async () => {
    const { invoke, started, running } = poolOn({ isSpare: true });
    invoke(AWAKE + 4);
    await vi.advanceTimersByTimeAsync(400);

    expect(started()).toBe(AWAKE + 4);
    expect(running()).toBe(AWAKE + 4);
  });

  it("are busy while one loads or runs, and not when all rest", async () => {
    const { invoke, isBusy, endAll } = poolOn({ isSpare: true });
    expect(isBusy()).toBe(false);
    invoke(1);
    expect(isBusy()).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(isBusy()).toBe(true);
    endAll();
    await vi.advanceTimersByTimeAsync(1);
    expect(isBusy()).toBe(false);
  });

  it("grow late beyond those that can be awake at once", async () => {
    const { invoke, started, running } = poolOn({ isSpare: true });
    invoke(AWAKE);
    await vi.advanceTimersByTimeAsync(400);
    expect(running()).toBe(AWAKE);

    invoke(1);
    await vi.advanceTimersByTimeAsync(80);
    expect(started()).toBe(AWAKE);
    await vi.advanceTimersByTimeAsync(80);
    expect(started()).toBe(AWAKE + 1);
  });

  it("stay few while none is, and grow all the same when the busy ones are stuck", async () => {
    const { invoke, started } = poolOn({ isSpare: false });
    invoke(1);
    await vi.advanceTimersByTimeAsync(1);
    invoke(6);
    await vi.advanceTimersByTimeAsync(400);
    expect(started()).toBe(1);

    await vi.advanceTimersByTimeAsync(1_000);
    expect(started()).toBe(7);
  });

  it("sleep on while few others can do the work of a busy machine", async () => {
    const machine = { isSpare: true };
    const { invoke, running, endAll } = poolOn(machine);
    invoke(AWAKE + 4);
    await vi.advanceTimersByTimeAsync(400);
    endAll();
    await vi.advanceTimersByTimeAsync(1);
    machine.isSpare = false;

    invoke(AWAKE + 4);
    await vi.advanceTimersByTimeAsync(400);

    expect(running()).toBe(AWAKE);
    endAll();
    await vi.advanceTimersByTimeAsync(1);
    expect(running()).toBe(4);
  });

  it("are retired sooner the more there are, and the last one after ten minutes", async () => {
    const { invoke, started, endAll, retired } = poolOn({ isSpare: true });
    invoke(AWAKE + 4);
    await vi.advanceTimersByTimeAsync(400);
    endAll();
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(retired()).toBe(4);
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(retired()).toBe(4);

    await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
    expect(retired()).toBe(started() - 1);
    await vi.advanceTimersByTimeAsync(5 * MINUTE_MS);
    expect(retired()).toBe(started() - 1);
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(retired()).toBe(started());
  });

  it("end behind an event, idle ones too, when the next is to start cold", async () => {
    const weather = { isCold: false };
    const { invoke, started, endAll, retired } = poolOn(
      { isSpare: true },
      { ...unwatched, endsAfterEvent: () => weather.isCold },
    );
    invoke(3);
    await vi.advanceTimersByTimeAsync(100);
    endAll();
    await vi.advanceTimersByTimeAsync(1);
    expect([started(), retired()]).toEqual([3, 0]);

    weather.isCold = true;
    invoke(1);
    await vi.advanceTimersByTimeAsync(1);
    endAll();
    await vi.advanceTimersByTimeAsync(1);
    expect([started(), retired()]).toEqual([3, 3]);
    invoke(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(started()).toBe(4);
  });
});
