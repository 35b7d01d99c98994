// What several runs come to: the one table of a report.

import {
  added,
  INVARIANT_NAMES,
  INVARIANTS,
  NOTHING_FOUND,
  verdictOf,
  type Verdict,
} from "../checker/verdict";
import { FAULT_KINDS, type FaultKind, type History } from "../history/event";
import type { Trial } from "./trial";

export type Sum = {
  readonly seeds: readonly number[];
  readonly messages: number;
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  readonly verdict: Verdict;
  readonly healedMs: readonly number[];
  readonly neverHealed: number;
  readonly crashPoints: { readonly passed: number; readonly died: number };
  readonly rotations: number;
  readonly puts: number;
  readonly writes: number;
};

export const NO_SUM: Sum = {
  seeds: [],
  messages: 0,
  faults: {},
  verdict: verdictOf(() => NOTHING_FOUND),
  healedMs: [],
  neverHealed: 0,
  crashPoints: { passed: 0, died: 0 },
  rotations: 0,
  puts: 0,
  writes: 0,
};

/** A trial's history is not kept: thousands of them would not fit. */
export function plus(sum: Sum, points: ReadonlyMap<string, number>, trial: Trial): Sum {
  const { history, verdict, healedMs, setting } = trial;
  const cost = history.find((event) => event.is === "cost");
  return {
    seeds: [...sum.seeds, setting.seed],
    messages: sum.messages + history.filter((event) => event.is === "op" && event.what === "send").length,
    faults: faultsIn(history, sum.faults),
    verdict: added(sum.verdict, verdict),
    healedMs: healedMs === undefined ? sum.healedMs : [...sum.healedMs, healedMs],
    neverHealed: sum.neverHealed + (healedMs === undefined ? 1 : 0),
    crashPoints: { passed: points.size, died: [...points.values()].filter((died) => died > 0).length },
    rotations: sum.rotations + rotationsIn(history),
    puts: sum.puts + (cost?.puts ?? 0),
    writes: sum.writes + (cost?.writes ?? 0),
  };
}

function faultsIn(history: History, before: Sum["faults"]): Sum["faults"] {
  const counts = { ...before };
  for (const event of history) if (event.is === "fault") counts[event.kind] = (counts[event.kind] ?? 0) + 1;
  return counts;
}

/** A socket that is asked for while the tab is live is to replace the one that stands. */
export function rotationsIn(history: History): number {
  const lines = new Map<string, string>();
  let count = 0;
  for (const event of history) {
    if (event.is === "line") lines.set(event.tab, event.line);
    else if (event.is === "tab") lines.delete(event.tab);
    else if (event.is === "socket" && event.what === "asked" && lines.get(event.tab) === "live") count += 1;
  }
  return count;
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

export function markdown(sum: Sum): string {
  const sorted = [...sum.healedMs].sort((one, other) => one - other);
  const [median = 0, worst = 0] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  const all = Object.values(sum.faults).reduce((total, count) => total + count, 0);
  const kinds = FAULT_KINDS.filter((kind) => sum.faults[kind] !== undefined);
  const rows: readonly (readonly [string, string])[] = [
    ["Seeds", `${sum.seeds.length} (${sum.seeds[0] ?? "none"} to ${sum.seeds.at(-1) ?? "none"})`],
    ["Messages", `${sum.messages}`],
    ["Faults", `${all} of ${kinds.length} kinds`],
    ["Faults by kind", kinds.map((kind) => `${kind} ${sum.faults[kind]}`).join(", ")],
    ...INVARIANT_NAMES.map((name): readonly [string, string] => {
      const { checked, broken } = sum.verdict[name];
      return [`${name} ${INVARIANTS[name]}`, `checked ${checked}, broken ${broken}`];
    }),
    [
      "Healing after the last fault",
      `median ${seconds(median)}, worst ${seconds(worst)}, never ${sum.neverHealed}`,
    ],
    ["Crash points", `died at ${sum.crashPoints.died} of ${sum.crashPoints.passed} passed`],
    ["Rotations", `${sum.rotations}, without a ready row ${sum.verdict.I12.broken}`],
    ["Writes a put", sum.puts === 0 ? "none" : (sum.writes / sum.puts).toFixed(2)],
  ];
  return ["| Figure | |", "|---|---|", ...rows.map(([name, value]) => `| ${name} | ${value} |`), ""].join(
    "\n",
  );
}
