// npm run chaos:release -- [folder of the reports, .local/chaos]
//
// Writes what the runs have left there into docs/reliability.md, under the heading of the release run: chaos with the
// seeds 1, 2 and 3, paces and rotations. What was not run is left out. The histories are judged once more, by the checker
// as it is now.

import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { VERSION } from "../../../core/protocol/version";
import { check } from "../checker/check";
import { fromLines } from "../history/json-lines";
import { judged, type Report } from "./report";

const DOCUMENT = "docs/reliability.md";
const HEADING = "## Release run";
const SEEDS = [1, 2, 3];

const from = process.argv[2] ?? ".local/chaos";
// Written by report.ts of this very version of the code.
const reports = SEEDS.map((seed) => join(from, `system-${seed}`))
  .filter((run) => existsSync(`${run}.json`))
  .map((run) => {
    const report = JSON.parse(readFileSync(`${run}.json`, "utf8")) as Report;
    const verdict = check(fromLines(readFileSync(`${run}.jsonl`, "utf8")));
    for (const { name, offences } of judged(verdict))
      for (const offence of offences) process.stdout.write(`seed ${report.seed}: ${name} ${offence}\n`);
    return { ...report, invariants: judged(verdict) };
  });

function section(): string {
  return [
    HEADING,
    "",
    "The whole system on one machine: the local cloud in processes of its own, real sockets, the product's client on nine",
    "devices of six people in eight conversations, and one person who speaks without a client too. People write, edit,",
    "delete, react, read, type, block and unblock while everything is disturbed; every so often the faults stop, and it is",
    "measured how long it takes until nothing waits and all views say what the log says. `tests/chaos/checker/` judges the",
    "history and the logs as they stand in the tables. Again, a seed being the same plan and never quite the same run:",
    "",
    "    npm run chaos:system -- --messages 10000 --faults 1000 --seed 1",
    "    npm run chaos:system -- --pace",
    "    npm run chaos:system -- --rotations 1000",
    "",
    ...(reports.length > 0 ? [...numbers(), "", ...faults(), "", ...invariants(), ""] : []),
    ...["pace.md", "rotations.md"].map((name) => join(from, name)).flatMap(kept),
    `The runs are of ${days().join(", ")}; they speak version ${VERSION} of the protocol.`,
    "",
  ].join("\n");
}

/** Each day on which something that stands here was written. */
function days(): readonly string[] {
  const files = [...SEEDS.map((seed) => `system-${seed}.json`), "pace.md", "rotations.md"];
  const written = files
    .map((name) => join(from, name))
    .filter((file) => existsSync(file))
    .map((file) => statSync(file).mtime.toISOString().slice(0, 10));
  return [...new Set(written)].sort();
}

const kept = (file: string) => (existsSync(file) ? [readFileSync(file, "utf8")] : []);

const row = (name: string, ...cells: readonly (string | number)[]) => `| ${[name, ...cells].join(" | ")} |`;
const table = (first: string, lines: readonly string[]) => [
  row(first, ...reports.map(({ seed }) => `seed ${seed}`)),
  row("---", ...reports.map(() => "--:")),
  ...lines,
];
const each = (name: string, cell: (report: Report) => string | number) => row(name, ...reports.map(cell));
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

function numbers(): readonly string[] {
  return table("", [
    each("Messages", ({ messages }) => messages),
    each("Operations", ({ operations }) => operations),
    each("Entries in the logs", ({ entries }) => entries),
    each("Faults", ({ faultsInAll }) => faultsInAll),
    each("Kinds of faults", (report) => Object.keys(report.faults).length),
    each("Healing, median", ({ healing }) => seconds(healing.medianMs)),
    each("Healing, worst", ({ healing }) => seconds(healing.worstMs)),
    each("Write units of the log a message, under faults", ({ writeUnits }) => writeUnits.log.toFixed(2)),
    each("Minutes", ({ tookMs }) => (tookMs / 60_000).toFixed(0)),
  ]);
}

function faults(): readonly string[] {
  const kinds = [...new Set(reports.flatMap((report) => Object.keys(report.faults)))];
  return table(
    "Fault",
    kinds.map((kind) =>
      each(kind, (report) => Object.entries(report.faults).find(([one]) => one === kind)?.[1] ?? 0),
    ),
  );
}

function invariants(): readonly string[] {
  const [first] = reports;
  return table(
    "Broken, of times checked",
    (first?.invariants ?? []).map(({ name, what }) =>
      each(`${name} ${what}`, (report) => {
        const found = report.invariants.find((one) => one.name === name);
        return `${found?.broken ?? 0} of ${found?.checked ?? 0}`;
      }),
    ),
  );
}

const text = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, "utf8") : "# Reliability\n";
const [before = "", after] = text.split(`${HEADING}\n`);
const next = after?.search(/^## /m) ?? -1;
const rest = next < 0 || after === undefined ? "" : after.slice(next);
writeFileSync(DOCUMENT, `${before.trimEnd()}\n\n${section()}\n${rest}`);
