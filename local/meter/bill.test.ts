import { describe, expect, it } from "vitest";
import { billOf, totalOf } from "./bill";
import { createMeter } from "./create-meter";
import { dollarsFor, PRICES } from "./prices";

describe("the price list", () => {
  it("says of which day and region it is", () => {
    expect(PRICES.asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(Date.parse(PRICES.asOf)).not.toBeNaN();
    expect(PRICES.region).toBe("us-east-1");
  });

  it.each(Object.entries(PRICES.prices))("says where %s comes from, and what would be free", (_, price) => {
    expect(price.source).toMatch(/^https:\/\/aws\.amazon\.com\/[a-z0-9/-]+\/$/);
    expect(price.unit).not.toBe("");
    expect(price.freeTier).not.toBe("");
    expect(price.per).toBeGreaterThan(0);
    expect(price.dollars).toBeGreaterThanOrEqual(0);
  });
});

describe("dollars", () => {
  it("are as worked out by hand", () => {
    // A thousand people, three hours a day for thirty days: 5.4 million minutes at 0.25 a million.
    expect(dollarsFor("connectionMinute", 1_000 * 3 * 60 * 30)).toBeCloseTo(1.35, 10);
    // A million runs of 20 ms in 512 MB: 10,000 GB-seconds at 0.0000133334.
    expect(dollarsFor("functionGbSecond", 10_000)).toBeCloseTo(0.133334, 10);
    expect(dollarsFor("activePerson", 1_000)).toBeCloseTo(5.5, 10);
  });
});

describe("a bill", () => {
  it("is what was used times the prices, by what it was used for", () => {
    const meter = createMeter();
    meter.frame("up", 200, "$default", "send");
    meter.frame("down", 1024, "@connections", "send");
    meter.ran({ functionName: "frames", memoryMb: 512, billedMs: 20, cause: "send" });
    const put = { functionName: "frames", action: "PutItem", table: "Log", failed: false, cause: "send" };
    meter.database({ ...put, readUnits: 0, writeUnits: 1 });
    meter.database({ ...put, action: "Query", readUnits: 1, writeUnits: 0 });
    meter.connected(90_000);
    const lines = billOf(meter.snapshot());

    const sent = totalOf(lines.filter(({ cause }) => cause === "send"));
    // 2 messages, 1 run, 0.01 GB-seconds, 1 write, 1 read, 1 KB out; in millionths of a dollar:
    const byHand = 2 * 1 + 0.2 + 0.01 * 13.3334 + 0.625 + 0.125 + 0.09 * (1_000_000 / 1024 ** 2);
    expect(sent * 1_000_000).toBeCloseTo(byHand, 6);
    expect(lines).toContainEqual({
      price: "connectionMinute",
      cause: "connected",
      detail: "",
      quantity: 2,
      dollars: (2 * 0.25) / 1_000_000,
    });
  });

  it("counts a message of 33 KB twice", () => {
    const meter = createMeter();
    meter.frame("up", 33 * 1024, "$default", "send");
    expect(totalOf(billOf(meter.snapshot()))).toBeCloseTo(0.000002, 12);
  });

  it("bills a transaction's units as they are told: twice", () => {
    const meter = createMeter();
    // Two small items in a transaction.
    const call = { functionName: "frames", action: "TransactWriteItems", table: "People", failed: false };
    meter.database({ ...call, readUnits: 0, writeUnits: 4 });
    expect(totalOf(billOf(meter.snapshot()))).toBeCloseTo((4 * 0.625) / 1_000_000, 12);
  });

  it("bills a failed condition like the write that it was to be", () => {
    const meter = createMeter();
    const put = { functionName: "frames", action: "PutItem", table: "Log", readUnits: 0, writeUnits: 1 };
    meter.database({ ...put, failed: true });
    expect(totalOf(billOf(meter.snapshot()))).toBeCloseTo(0.625 / 1_000_000, 12);
  });

  it("is nothing when nothing was used", () => {
    expect(billOf(createMeter().snapshot())).toEqual([]);
  });
});
