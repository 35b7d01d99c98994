// `npm run iam [file or directory…]`: what the functions' roles were granted and never used, and what was denied. Ends
// with 1 where there is either.

import { existsSync } from "node:fs";
import { readOptions } from "../options";
import { mergeReports } from "./report";
import { readReports, reportFileOf, TEST_RUN_REPORTS } from "./report-file";
import { findings, reportTable } from "./report-table";

const write = (text: string) => process.stdout.write(`${text}\n`);

function places(): readonly string[] {
  const named = process.argv.slice(2);
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
  const found = reports.flatMap(findings);
  write(
    found.length === 0
      ? `All that is granted is used, and nothing was denied (${from.join(", ")}).`
      : found.join("\n"),
  );
  if (found.length > 0) process.exitCode = 1;
}
