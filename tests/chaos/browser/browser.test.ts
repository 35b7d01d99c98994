import { describe, expect, it } from "vitest";
import { readBrowserOptions } from "./options";
import { playInBrowsers } from "./play";

const SHORT = ["--messages", "40", "--faults", "20", "--out", ".local/chaos/short"];

describe("two browsers under fire", () => {
  it("lose, double and reorder nothing, tick truly, and heal", async () => {
    const said: string[] = [];

    const { isGreen, report } = await playInBrowsers(readBrowserOptions(SHORT), (line) => said.push(line));

    expect(isGreen, said.join("\n")).toBe(true);
    expect(report.entries).toBeGreaterThan(30);
    expect(Object.keys(report.faults).length).toBeGreaterThanOrEqual(5);
    const checked = report.invariants.filter((one) => one.checked > 0).map(({ name }) => name);
    expect(checked).toEqual(
      expect.arrayContaining(["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10"]),
    );
  });
});
