import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createPace, type Pace } from "./pace";

describe("the pace of reading a stream", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Reads for as long as told, each time bringing nothing, and says when. */
  async function readings(during: (pace: Pace) => Promise<void>): Promise<readonly number[]> {
    const stopping = new AbortController();
    const pace = createPace(stopping.signal);
    const startedAt = performance.now();
    const at: number[] = [];
    const reading = (async () => {
      while (!stopping.signal.aborted) {
        await pace.reading();
        at.push(performance.now() - startedAt);
        await pace.wait();
      }
    })().catch(() => undefined);
    await during(pace);
    stopping.abort();
    await reading;
    return at;
  }

  it("reads once for many writes, and soon", async () => {
    const at = await readings(async (pace) => {
      await vi.advanceTimersByTimeAsync(1_000);
      for (let write = 0; write < 200; write += 1) {
        pace.nudge();
        await vi.advanceTimersByTimeAsync(5);
      }
    });

    const busy = at.filter((ms) => ms >= 1_000);
    expect(busy.length).toBeGreaterThan(15);
    expect(busy.length).toBeLessThanOrEqual(21);
  });

  it("reads at once after a write when it has not read for a while", async () => {
    const at = await readings(async (pace) => {
      await vi.advanceTimersByTimeAsync(1_000);
      pace.nudge();
      await vi.advanceTimersByTimeAsync(0);
    });

    expect(at.at(-1)).toBe(1_000);
  });

  it("asks for no timer of a negative length, of which Node 24 warns", async () => {
    const timers = vi.spyOn(globalThis, "setTimeout");
    await readings(() => vi.advanceTimersByTimeAsync(10_000).then(() => undefined));

    const lengths = timers.mock.calls.map(([, ms]) => ms);
    expect(lengths.length).toBeGreaterThan(2);
    expect(lengths.filter((ms) => ms === undefined || ms < 0)).toEqual([]);
  });

  it("asks less and less often while nothing comes", async () => {
    const at = await readings(() => vi.advanceTimersByTimeAsync(60_000).then(() => undefined));

    expect(at.length).toBeLessThan(25);
  });
});
