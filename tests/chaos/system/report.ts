// The one table of a run, as JSON and as Markdown.

import type { Usage } from "../../../local/meter/usage";
import { INVARIANT_NAMES, INVARIANTS, type Verdict } from "../checker/verdict";
import type { FaultKind, History, HistoryEvent } from "../history/event";
import { FAULT_KINDS } from "../history/event";
import type { Healing } from "./healing";

export type Report = {
  readonly seed: number;
  readonly messages: number;
  readonly operations: number;
  readonly entries: number;
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  readonly faultsInAll: number;
  readonly invariants: readonly {
    readonly name: string;
    readonly what: string;
    readonly checked: number;
    readonly broken: number;
    readonly offences: readonly string[];
  }[];
  readonly healing: { readonly points: number; readonly medianMs: number; readonly worstMs: number };
  readonly rotations: { readonly seen: number; readonly withoutReadyRow: number };
  readonly writeUnits: { readonly log: number; readonly all: number };
  readonly events: number;
  readonly tookMs: number;
};

type Material = {
  readonly options: { readonly seed: number };
  readonly history: History;
  readonly verdict: Verdict;
  readonly healings: readonly Healing[];
  readonly used: readonly Usage[];
  readonly tookMs: number;
};

type Of<K extends HistoryEvent["is"]> = Extract<HistoryEvent, { readonly is: K }>;

export function reportOf({ options, history, verdict, healings, used, tookMs }: Material): Report {
  const all = <K extends HistoryEvent["is"]>(is: K) =>
    history.filter((event): event is Of<K> => event.is === is);
  const faults = all("fault");
  const operations = all("op");
  const messages = operations.filter(({ what }) => what === "send").length;
  const rotations = all("socket").filter(({ what }) => what === "dropped by the client").length;
  const tookMsEach = healings.map((healing) => healing.tookMs).sort((one, other) => one - other);
  return {
    seed: options.seed,
    messages,
    operations: operations.length,
    entries: all("log").reduce((sum, { entries }) => sum + entries.length, 0),
    faults: Object.fromEntries(
      FAULT_KINDS.map((kind) => [kind, faults.filter((one) => one.kind === kind).length] as const).filter(
        ([, count]) => count > 0,
      ),
    ),
    faultsInAll: faults.length,
    invariants: judged(verdict),
    healing: {
      points: tookMsEach.length,
      medianMs: tookMsEach[Math.floor((tookMsEach.length - 1) / 2)] ?? 0,
      worstMs: tookMsEach.at(-1) ?? 0,
    },
    rotations: { seen: rotations, withoutReadyRow: verdict.I12.broken },
    writeUnits: { log: unitsIn(used, /Log/) / messages, all: unitsIn(used, /./) / messages },
    events: history.length,
    tookMs,
  };
}

export const judged = (verdict: Verdict): Report["invariants"] =>
  INVARIANT_NAMES.map((name) => ({
    name,
    what: INVARIANTS[name],
    checked: verdict[name].checked,
    broken: verdict[name].broken,
    offences: verdict[name].offences.map(({ event, why }) => `${event}: ${why}`),
  }));

/** Conflicts and whatever else was billed and failed are in it. */
export const unitsIn = (used: readonly Usage[], table: RegExp): number =>
  used
    .flatMap(({ database }) => database)
    .filter((use) => table.test(use.table))
    .reduce((sum, { writeUnits }) => sum + writeUnits, 0);

const seconds = (ms: number) => (ms / 1_000).toFixed(1);

export const markdownOf = (report: Report, layer = "Whole system"): string =>
  [
    `| ${layer}, seed ${report.seed} | |`,
    "|---|---|",
    `| Messages | ${report.messages} |`,
    `| Operations | ${report.operations} |`,
    `| Entries in the logs | ${report.entries} |`,
    `| Faults | ${report.faultsInAll} of ${Object.keys(report.faults).length} kinds |`,
    `| Healing after the last fault, ${report.healing.points} times | median ${seconds(report.healing.medianMs)} s, worst ${seconds(report.healing.worstMs)} s |`,
    `| Sockets that their client ended; of those rotations without a ready row | ${report.rotations.seen}; ${report.rotations.withoutReadyRow} |`,
    `| Write units a message, under faults: log; all tables | ${report.writeUnits.log.toFixed(2)}; ${report.writeUnits.all.toFixed(2)} |`,
    `| Took | ${seconds(report.tookMs)} s |`,
    "",
    `| Fault | ${Object.keys(report.faults).join(" | ")} |`,
    `|---|${"---|".repeat(Object.keys(report.faults).length)}`,
    `| Times | ${Object.values(report.faults).join(" | ")} |`,
    "",
    "| Invariant | checked | broken |",
    "|---|---|---|",
    ...report.invariants.map(
      ({ name, what, checked, broken }) => `| ${name} ${what} | ${checked} | ${broken} |`,
    ),
    "",
  ].join("\n");
