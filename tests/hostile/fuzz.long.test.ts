import { beforeAll, describe, expect, it } from "vitest";
import { fuzz, type FuzzReport } from "./fuzz-run";

/** As many as a test command has the time for; the figures of a million are in docs/reliability.md. */
const FRAMES = 10_000;

let report: FuzzReport;

beforeAll(async () => {
  report = await fuzz({ frames: FRAMES, seed: 2026, attackers: 6, inFlight: 3, say: () => {} });
});

describe("thousands of hostile frames", () => {
  it("trip nothing, are all answered from the closed lists, and reach nobody", () => {
    expect(report.problems).toEqual([]);
    expect(report.frames).toBe(FRAMES);
  });

  it("come as far as the domain, and past it", () => {
    const heard = [...report.answers.keys()];
    const far = [
      "bad-frame",
      "unknown-action",
      "unknown-conversation",
      "stale",
      "unknown-handle",
      "ok",
      "page",
    ];
    expect(heard).toEqual(
      expect.arrayContaining([...far, "pong", "welcome", "conversations", "cannot-deliver"]),
    );
    expect(report.breakers).toBe(FRAMES / 200);
  });

  it("leave the cloud's memory as it was once it was warm", () => {
    const [warm] = report.memory;
    const last = report.memory.at(-1);
    if (!warm || !last) throw new Error("nobody has looked at the memory");
    // What the pool, the log's tails and the pages of this size may hold; a leak of a frame's size would be 50 MB.
    expect(last.heapBytes - warm.heapBytes).toBeLessThan(15 * 1_048_576);
  });

  it("do not keep others from talking", () => {
    expect(report.bystanders.messages).toBeGreaterThan(3);
  });
});
