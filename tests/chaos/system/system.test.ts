import { describe, expect, it } from "vitest";
import { runChaos } from "./chaos";
import type { Report } from "./report";
import { readOptions } from "./options";
import { runRotations } from "./rotations";

const SHORT = ["--messages", "300", "--faults", "60", "--quiet-every", "1000", "--out", ".local/chaos/short"];

describe("the whole system under fire", () => {
  it("loses, doubles, reorders, leaks and forges nothing, and heals", async () => {
    const said: string[] = [];

    const { isGreen, report } = await runChaos(readOptions(SHORT), (line) => said.push(line));

    expect(isGreen, said.join("\n")).toBe(true);
    expect(report.messages).toBeGreaterThan(250);
    expect(report.faultsInAll).toBeGreaterThanOrEqual(45);
    expect(Object.keys(report.faults).length).toBeGreaterThanOrEqual(10);
    expect(unchecked(report)).toEqual([]);
  });

  it("replaces sockets before they end while people talk, and nobody misses a word", async () => {
    const options = readOptions(["--rotations", "12", "--out", ".local/chaos/short"]);
    const said: string[] = [];

    const report = await runRotations(options, (line) => said.push(line));

    expect(report.isGreen, said.join("\n")).toBe(true);
    expect(report.rotations).toBeGreaterThanOrEqual(12);
    expect(report.due).toBeGreaterThan(0);
    expect(report.looks).toBeGreaterThan(100);
  });
});

/** A zero that nobody looked for is none. */
const unchecked = ({ invariants }: Report) =>
  invariants.filter(({ checked }) => checked === 0).map(({ name }) => name);
