import { describe, expect, it } from "vitest";
import { createMeter } from "../../local/meter/create-meter";
import { DAY } from "./day";
import { type Kept, missingFrom } from "./lived";

const times = (count: number, then: () => void) => Array.from({ length: count }).forEach(then);

/** Six sessions of two; 28 messages of each while both are there, 12 while the other is away. */
function day(change: { readonly typing?: number; readonly marks?: number; readonly bumps?: number } = {}) {
  const meter = createMeter();
  const call = { functionName: "Frames", readUnits: 0, writeUnits: 1, failed: false, cause: "send" };
  times(80, () => meter.database({ ...call, action: "PutItem", table: "Log" }));
  times(change.bumps ?? 12, () => meter.database({ ...call, action: "UpdateItem", table: "Inbox" }));
  times(12, () => meter.database({ ...call, action: "UpdateItem", table: "Inbox", index: "byActivity" }));
  times(56, () => meter.frame("down", 400, "@connections", "send"));
  times(change.marks ?? 67, () => meter.frame("up", 100, "mark"));
  times(62, () => meter.frame("down", 100, "@connections", "mark"));
  times(56, () => meter.frame("up", 100, "typing"));
  times(change.typing ?? 56, () => meter.frame("down", 100, "@connections", "typing"));
  times(6, () => meter.frame("down", 100, "@connections", "hello"));
  times(6, () => meter.frame("down", 100, "@connections", "$disconnect"));
  times(12, () => meter.ran({ functionName: "Connect", memoryMb: 512, billedMs: 5, cause: "$connect" }));
  return meter.snapshot();
}

const N = (value: number) => ({ N: String(value) });
const entries = ["ada", "grace", "grace"].map((from, index) => ({ from: { S: from }, seq: N(index + 1) }));
const row = (user: string, read: number) => ({ user: { S: user }, read: N(read) });
const kept: Kept = { entries, rows: [row("ada", 0), row("grace", 1)] };

describe("a day as it is defined", () => {
  it("has nothing missing", () => {
    expect(missingFrom(day(), kept, DAY)).toEqual([]);
  });

  it("may have more of anything but bumps", () => {
    expect(missingFrom(day({ marks: 70, typing: 74 }), kept, DAY)).toEqual([]);
    expect(missingFrom(day({ bumps: 13 }), kept, DAY)).toEqual(["13 inbox rows were bumped, and not 12"]);
  });
});

describe("a day that would be too cheap", () => {
  it("is one on which typing is not pushed", () => {
    expect(missingFrom(day({ typing: 0 }), kept, DAY)).toEqual(["0 of 56 typing states were pushed"]);
  });

  it("is one on which marks are not told", () => {
    expect(missingFrom(day({ marks: 5 }), kept, DAY)).toEqual(["5 of 67 marks were told"]);
  });

  it("is one at whose end somebody has not read what they saw", () => {
    const behind = { entries, rows: [row("ada", 0), row("grace", 0)] };
    expect(missingFrom(day(), behind, DAY)).toEqual(["1 and 2 messages are left unread, and not 0 and 2"]);
  });

  it("is one of whose people nothing is stored", () => {
    expect(missingFrom(day(), { entries, rows: [] }, DAY)).toEqual([
      " messages are left unread, and not 0 and 2",
    ]);
  });
});
