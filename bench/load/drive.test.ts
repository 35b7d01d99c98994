import { describe, expect, it } from "vitest";
import { createArrivals, type Arrivals } from "./arrivals";
import { drive, modeName } from "./drive";
import type { Line } from "./system";

/** Delivers after a while; the answer comes with it. */
const delivering = (arrivals: Arrivals, afterMs: number, onWay: { now: number; most: number }): Line => ({
  send: (id) =>
    new Promise((resolve) => {
      onWay.most = Math.max(onWay.most, ++onWay.now);
      setTimeout(() => {
        onWay.now -= 1;
        arrivals.arrived(id);
        resolve();
      }, afterMs);
    }),
});

describe("the load", () => {
  it("keeps as many messages of each pair in flight as asked, and no more", async () => {
    const arrivals = createArrivals();
    const ways = [
      { now: 0, most: 0 },
      { now: 0, most: 0 },
    ];
    const lines = ways.map((way) => delivering(arrivals, 5, way));
    const round = await drive(lines, arrivals, { is: "in flight", messages: 8 }, 60);
    expect(ways.map(({ most }) => most)).toEqual([8, 8]);
    expect(round.messages).toBeGreaterThanOrEqual(16);
    expect(round.p50Ms).toBeGreaterThanOrEqual(4);
  });

  it("waits for the answer too before it sends the next", async () => {
    const arrivals = createArrivals();
    const line: Line = {
      send: (id) => {
        arrivals.arrived(id);
        return new Promise((resolve) => setTimeout(resolve, 30));
      },
    };
    const round = await drive([line], arrivals, { is: "in flight", messages: 1 }, 50);
    expect(round.messages).toBe(2);
    expect(round.p99Ms).toBeLessThan(20);
  });

  it("keeps a steady pace whatever the system does", async () => {
    const arrivals = createArrivals();
    const way = { now: 0, most: 0 };
    const round = await drive(
      [delivering(arrivals, 300, way)],
      arrivals,
      { is: "steady", perSecond: 200 },
      100,
    );
    expect(round.messages).toBe(20);
    expect(way.most).toBe(20);
    expect(round.perSecond).toBe(0);
  });

  it("counts what never arrives", async () => {
    const silent: Line = { send: () => Promise.resolve() };
    const round = await drive([silent], createArrivals(20), { is: "in flight", messages: 2 }, 10);
    expect(round).toMatchObject({ messages: 2, lost: 2, perSecond: 0 });
  });

  it("names its modes", () => {
    expect(modeName({ is: "in flight", messages: 8 })).toBe("8 in flight");
    expect(modeName({ is: "steady", perSecond: 100 })).toBe("steady 100/s");
  });
});
