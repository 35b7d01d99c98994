import { describe, expect, it } from "vitest";
import { brokenIn } from "../checker/verdict";
import { killAt, killInStorm, pointsOf, stormPoints, SWEPT } from "./crash-sweep";

const SEED = 1;
const TIMES = 2;

describe("a function that dies", async () => {
  const points = await pointsOf(SEED);
  const rare = (await stormPoints(SEED)).filter((point) => !points.includes(point));

  it("may do so before and after each of its awaits", () => {
    for (const route of SWEPT) expect(points.some((point) => point.startsWith(`${route}: `))).toBe(true);
    const befores = points.filter((point) => point.includes(": before "));
    for (const before of befores) expect(points).toContain(before.replace(": before ", ": after "));
  });

  it.each(points)("%s leaves nothing behind that does not heal", async (point) => {
    const { died, verdict } = await killAt(SEED, point, TIMES);

    expect(died).toBeGreaterThan(0);
    expect(brokenIn(verdict).map((name) => [name, verdict[name].offences[0]])).toEqual([]);
  });

  it.each(rare)("%s, where only a storm brings it, does not either", async (point) => {
    const { died, verdict } = await killInStorm(SEED, point, TIMES);

    expect(died).toBeGreaterThan(0);
    expect(brokenIn(verdict).map((name) => [name, verdict[name].offences[0]])).toEqual([]);
  });
});
