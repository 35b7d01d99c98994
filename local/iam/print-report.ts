// `npm run iam [--denied] [file or directory…]`: what the functions' roles were granted and never used, and which calls
// were denied. Ends with 1 where there is either. With `--denied`, for a run that does not try everything, unused grants
// are no fault.

import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { readOptions } from "../options";
import { mergeReports } from "./report";
import { readReports, reportFileOf, TEST_RUN_REPORTS } from "./report-file";
import { denials, findings, reportTable } from "./report-table";

const write = (text: string) => process.stdout.write(`${text}\n`);

const { values: only, positionals: named } = parseArgs({
  options: { denied: { type: "boolean", default: false } },
  allowPositionals: true,
});

function places(): readonly string[] {
  if (named.length > 0) return named;
  const ofTests = process.env["PARLEY_IAM_REPORT"] ?? TEST_RUN_REPORTS;
  return existsSync(ofTests) ? [ofTests] : [reportFileOf({}, readOptions(process.env).dataDir)];
}

const from = places();
const reports = mergeReports(from.flatMap(readReports));
if (reports.length === 0) {
  write(
    `There is no IAM report in ${from.join(", ")} yet: run \`npm test\`, or \`npm start\` and use it, then this again.`,
  );
  process.exitCode = 1;
} else {
  for (const report of reports) write(reportTable(report));
  const found = reports.flatMap(only.denied ? denials : findings);
  const well = only.denied ? "Nothing was denied" : "All that is granted is used, and nothing was denied";
  write(found.length === 0 ? `${well} (${from.join(", ")}).` : found.join("\n"));
  if (found.length > 0) process.exitCode = 1;
}
