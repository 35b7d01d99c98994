import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createMarks, type Stored } from "./marks";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("says the highest of each conversation after a while, once", () => {
  const told: Stored[] = [];
  const marks = createMarks((mark) => void told.push(mark));
  for (const seq of [4, 6, 5]) marks.stored({ conversation: "a", seq });
  marks.stored({ conversation: "b", seq: 1 });
  expect(told).toEqual([]);

  vi.advanceTimersByTime(1_000);

  expect(told).toEqual([
    { conversation: "a", seq: 6 },
    { conversation: "b", seq: 1 },
  ]);
});

it("says nothing of a device that has ended", () => {
  const told: Stored[] = [];
  const marks = createMarks((mark) => void told.push(mark));
  marks.stored({ conversation: "a", seq: 1 });

  marks.stop();
  vi.advanceTimersByTime(1_000);

  expect(told).toEqual([]);
});
