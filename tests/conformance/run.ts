// `npm run conformance`: the facts, on the local cloud or, with PARLEY_CONFORMANCE_OUTPUTS, on a deployed stage. Leaves
// a table of facts, tests and verdicts in .local/conformance/, and ends with the line of counts.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as v from "valibot";
import { closeRun, reportFile, runStep, say, type Step, vitestStep } from "../steps";
import { asMarkdown, tableOf } from "./table";

const where = (process.env["PARLEY_CONFORMANCE_OUTPUTS"] ?? "") === "" ? "local" : "deployed";
const STEP = "conformance";
const DIRECTORY = ".local/conformance";

const report = v.object({
  testResults: v.array(
    v.object({ assertionResults: v.array(v.object({ title: v.string(), status: v.string() })) }),
  ),
});

function writeTable(): void {
  try {
    const { testResults } = v.parse(report, JSON.parse(readFileSync(reportFile(STEP), "utf8")));
    const table = tableOf(testResults.flatMap(({ assertionResults }) => assertionResults));
    mkdirSync(DIRECTORY, { recursive: true });
    writeFileSync(`${DIRECTORY}/${where}.json`, `${JSON.stringify(table, null, 2)}\n`);
    writeFileSync(`${DIRECTORY}/${where}.md`, asMarkdown(where, table));
  } catch {
    // Without a report the runner did not get as far as its tests: the step says so and counts as failed.
  }
}

export const conformance: Step = {
  ...vitestStep(STEP, ["--config", "tests/conformance/vitest.config.ts"]),
  afterwards: writeTable,
};

if (import.meta.filename === process.argv[1]) {
  const startedAt = Date.now();
  const outcome = await runStep(conformance);
  say(`the table is ${DIRECTORY}/${where}.md, and ${where}.json beside it`);
  closeRun(STEP, startedAt, [outcome]);
}
