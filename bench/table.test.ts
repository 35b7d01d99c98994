import { describe, expect, it } from "vitest";
import type { Row } from "./contest";
import { spreadOf } from "./load/figures";
import { tableLines } from "./table";

const row = (system: string, mode: Row["mode"], perSecond: number, p99Ms: number): Row => ({
  system,
  mode,
  perSecond: spreadOf([perSecond - 1, perSecond, perSecond + 1]),
  p50Ms: spreadOf([1]),
  p99Ms: spreadOf([p99Ms]),
  lost: 0,
  processorMs: { server: 0.5 },
});

const eight = { is: "in flight", messages: 8 } as const;
const steady = { is: "steady", perSecond: 100 } as const;

describe("the table", () => {
  it("shows the median of the rounds and how far the others were from it", () => {
    const [, line = ""] = tableLines([row("ours", eight, 800, 20)]);
    expect(line).toMatch(/^ours +8 in flight +800 +799-801 +1\.00 +1\.00-1\.00 +20\.00 +20\.00-20\.00/);
  });

  it("compares rates with serverless-offline in the same mode", () => {
    const [, line = ""] = tableLines([
      row("ours", eight, 800, 20),
      row("serverless-offline, SDK", steady, 1, 1),
      row("serverless-offline, SDK", eight, 20, 500),
    ]);
    expect(line).toContain(" 40.0x ");
  });

  it("compares delays at a steady pace, where the rates are the same", () => {
    const rows = [row("ours", steady, 100, 10), row("serverless-offline, SDK", steady, 100, 250)];
    expect(tableLines(rows)[1]).toContain(" 25.0x ");
  });

  it("has no ratio where serverless-offline was left out, and says what was lost", () => {
    const [, line = ""] = tableLines([{ ...row("ours", eight, 800, 20), lost: 3 }]);
    expect(line).not.toContain("x");
    expect(line).toMatch(/\(3 lost\)$/);
  });
});
