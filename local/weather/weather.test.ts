import { describe, expect, it } from "vitest";
import { createWeather } from "./weather";

const fates = (seed: number, times = 1_000): string[] => {
  const weather = createWeather();
  weather.set({ seed, database: { throttle: 0.2, failAfterApplying: 0.1 } });
  return Array.from({ length: times }, () => weather.database({ writes: true }).is);
};
const share = (all: readonly string[], one: string) => all.filter((each) => each === one).length / all.length;

describe("the weather", () => {
  it("is fair until it is set", () => {
    const weather = createWeather();
    expect(weather.database({ writes: true })).toEqual({ is: "well" });
    expect(weather.callback()).toEqual({ is: "well" });
    expect([weather.answerDelayMs(), weather.disconnectDelayMs(), weather.functionDelayMs()]).toEqual([
      0, 0, 0,
    ]);
    expect(weather.startsCold()).toBe(false);
    expect(weather.crashes({ functionName: "Frames", action: "dynamodb:Query", call: 1 }, "before")).toBe(
      false,
    );
  });

  it("is the same for the same seed and another for another", () => {
    expect(fates(7)).toEqual(fates(7));
    expect(fates(7)).not.toEqual(fates(8));
  });

  it("strikes about as often as it was told", () => {
    const all = fates(3, 20_000);
    expect(share(all, "throttled")).toBeCloseTo(0.2, 1);
    expect(share(all, "failed-after-applying")).toBeCloseTo(0.08, 1);
    expect(share(all, "well")).toBeGreaterThan(0.65);
  });

  it("is late by up to what was told, evenly", () => {
    const weather = createWeather();
    weather.set({ callbacks: { late: { p: 1, ms: 400 } } });
    const all = Array.from({ length: 4_000 }, () => weather.callbackDelayMs());
    expect(Math.max(...all)).toBeLessThan(400);
    const inFirstQuarter = all.filter((ms) => ms < 100).length / all.length;
    expect(inFirstQuarter).toBeCloseTo(0.25, 1);
  });

  it("lets no read conflict", () => {
    const weather = createWeather();
    weather.set({ database: { conflict: 1 } });
    expect(weather.database({ writes: false }).is).toBe("well");
    expect(weather.database({ writes: true }).is).toBe("conflict");
  });

  it("ends a function at the call that was named, as often as was said", () => {
    const weather = createWeather();
    weather.set({ functions: { crash: [{ function: "Frames", call: 2, when: "after", times: 1 }] } });
    const at = (call: number, when: "before" | "after", functionName = "Parley-Frames-1") =>
      weather.crashes({ functionName, action: "dynamodb:PutItem", call }, when);
    expect([at(1, "after"), at(2, "before"), at(2, "after", "Parley-Connect-1")]).toEqual([
      false,
      false,
      false,
    ]);
    expect(at(2, "after")).toBe(true);
    expect(at(2, "after")).toBe(false);
  });

  it("refuses what is no weather and keeps what was set", () => {
    const weather = createWeather();
    weather.set({ callbacks: { gone: 1 } });
    expect(() => weather.set({ callbacks: { gone: 2 }, rain: true })).toThrow(/callbacks\.gone.*rain/s);
    expect(weather.callback().is).toBe("gone");
    expect(weather.set({})).toEqual({ seed: 1 });
    expect(weather.callback().is).toBe("well");
  });
});
