// `npm run check`: everything that needs no running cloud.

import { runTogether, say, sum, type Outcome, type Step, vitestStep } from "./steps";

const types = (name: string, project: string): Step => ({
  name: `types: ${name}`,
  command: ["npx", "tsc", "--noEmit", "-p", project],
});

const STEPS: readonly Step[] = [
  vitestStep("unit tests", ["--project=unit"]),
  { name: "lint", command: ["npx", "eslint", "--max-warnings=0", "."] },
  types("app and components", "tsconfig.json"),
  types("core", "core/tsconfig.json"),
  types("amplify", "amplify/tsconfig.json"),
  types("local and tests", "local/tsconfig.json"),
  { name: "format", command: ["npx", "prettier", "--check", "--log-level=warn", "."] },
  {
    name: "import rules",
    command: [
      ...["npx", "depcruise", "--config", ".dependency-cruiser.cjs"],
      ...["app", "components", "core", "amplify", "local", "tests"],
    ],
  },
  { name: "dead code", command: ["npx", "knip"] },
];

export const check = (): Promise<readonly Outcome[]> => runTogether(STEPS);

if (import.meta.filename === process.argv[1]) {
  const startedAt = Date.now();
  const outcomes = await check();
  const { passed, failed, skipped } = sum(outcomes.map((outcome) => outcome.counts));
  say(`check took ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
  say(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = outcomes.every((outcome) => outcome.ok) ? 0 : 1;
}
