import { describe, expect, it } from "vitest";
import { turnableClock } from "../turnable-clock";
import type { Api } from "./api";
import { createThrottles, tokenBucket } from "./throttle";

const taken = (bucket: () => boolean, tries: number) =>
  Array.from({ length: tries }, bucket).filter(Boolean).length;

describe("a token bucket", () => {
  it("holds the burst, and fills at the rate", () => {
    const clock = turnableClock();
    const bucket = tokenBucket({ perSecond: 10, burst: 5 }, clock);
    expect(taken(bucket, 20)).toBe(5);
    clock.turn(300);
    expect(taken(bucket, 20)).toBe(3);
    clock.turn(60_000);
    expect(taken(bucket, 20)).toBe(5);
  });

  it("is not emptied when the machine's clock is set back", () => {
    let now = 3_600_000;
    const bucket = tokenBucket({ perSecond: 10, burst: 5 }, { ...turnableClock(), now: () => now });
    expect(taken(bucket, 2)).toBe(2);
    now = 0;
    expect(taken(bucket, 20)).toBe(3);
  });
});

describe("the throttles of an account", () => {
  it("let 500 new connections a second through", () => {
    const clock = turnableClock();
    const { connection } = createThrottles([], clock);
    expect(taken(connection, 600)).toBe(500);
    clock.turn(100);
    expect(taken(connection, 600)).toBe(50);
  });

  it("are shared by frames and callbacks", () => {
    const { request, callback } = createThrottles([], turnableClock());
    const api: Api = {
      id: "api1",
      region: "us-east-1",
      stage: "chat",
      stageVariables: {},
      selection: ["action"],
      routes: new Map(),
      authorizer: undefined,
      throttle: undefined,
      routeThrottles: new Map(),
      writesLogs: false,
    };
    expect(taken(callback, 4_000)).toBe(4_000);
    expect(taken(() => request(api, "$default"), 4_000)).toBe(1_000);
  });
});
