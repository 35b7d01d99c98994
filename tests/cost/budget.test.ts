import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createMeter } from "../../local/meter/create-meter";
import { budgetedOf, dollarsOf, overruns } from "./budget";
import { figuresOf } from "./figures";

describe("the budget", () => {
  it("is kept by figures at or under it", () => {
    expect(overruns({ frames: 3, dollars: 6 }, { frames: 3, dollars: 5.5 })).toEqual([]);
  });

  it("says which figure has risen, to what, by how much, and what to do", () => {
    expect(overruns({ frames: 3 }, { frames: 3.25 })).toEqual([
      "frames: 3.25 is 8.3 % over its budget of 3; make it cheaper, or raise the budget in tests/cost/budget.json in the same commit and say why",
    ]);
  });

  it("does not pass over a figure that has no budget, nor a budget that nothing is measured for", () => {
    expect(overruns({ old: 1 }, { fresh: 1 })).toEqual([
      "old: it was not measured; if it is gone for good, take it out of tests/cost/budget.json",
      "fresh: 1, and there is no budget for it; give it one in tests/cost/budget.json",
    ]);
  });

  it("has a line for each decision that costs something, so a new one and a lost one are noticed", () => {
    const meter = createMeter();
    meter.frame("up", 100, "ping");
    const plain = { count: 1, usage: meter.snapshot() };
    const none = { bytes: 0, recoverableBytes: 0 };
    const syncs = { lookouts: 0, catchUps: 0 };
    const figures = figuresOf({
      plain,
      crowded: plain,
      crowd: 0,
      day: meter.snapshot(),
      syncs,
      stored: none,
    });
    const named = Object.keys(budgetedOf(figures)).filter((name) => name.startsWith(dollarsOf("")));
    expect(named).toEqual(["pings", "sign-in", "alarms"].map(dollarsOf));
  });
});

describe("docs/cost.md", () => {
  const text = readFileSync("docs/cost.md", "utf8");
  const budget: Readonly<Record<string, number>> = JSON.parse(readFileSync("tests/cost/budget.json", "utf8"));
  const tableUnder = (heading: string) => text.slice(text.indexOf(heading)).split("\n## ")[0] ?? "";
  /** "| Typing: … | 2.92 | 8 |" is ["typing", 2.92]. */
  const rowsUnder = (heading: string) =>
    [...tableUnder(heading).matchAll(/^\| ([A-Za-z, -]+?)(?::[^|]*)? +\| +([\d.]+) +\|/gm)].map(
      ([, name = "", dollars]) => [name.toLowerCase(), Number(dollars)] as const,
    );
  /** The relay's budget is what it costs at the most, far above what is measured (docs/cost.md says both). */
  const WIDE = new Set([dollarsOf("relay")]);
  const holds = (name: string, said: number | undefined) => {
    const allowed = budget[name] ?? 0;
    expect(said, name).toBeLessThanOrEqual(allowed);
    expect(said, name).toBeGreaterThanOrEqual(WIDE.has(name) ? 0 : allowed * 0.9 - 0.01);
  };

  it("says of every decision what its budget allows, and of no other", () => {
    const rows = rowsUnder("## A thousand people, a month");
    const budgeted = Object.keys(budget).filter((name) => name.startsWith(dollarsOf("")));
    expect(rows.map(([name]) => dollarsOf(name)).sort()).toEqual(budgeted.sort());
    for (const [name, said] of rows) holds(dollarsOf(name), said);
  });

  it("says of a million messages and of a month what their budgets allow", () => {
    const million = new Map(rowsUnder("## A day"));
    holds("dollars for a million messages, alone", million.get("alone"));
    holds(
      "dollars for a million messages, with receipts and typing",
      million.get("with receipts and typing too"),
    );
    const month = Number(/^Thirty such days, \$([\d.]+)/m.exec(text)?.[1]);
    holds("dollars for a thousand people a month", month);
    const sum = rowsUnder("## A thousand people, a month").reduce((all, [, dollars]) => all + dollars, 0);
    expect(sum).toBeCloseTo(month, 0);
  });
});
