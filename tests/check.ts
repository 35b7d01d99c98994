// `npm run check`: everything that needs no running cloud.

import { closeRun, runTogether, type Outcome, type Step, vitestStep } from "./steps";

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
  closeRun("check", startedAt, await check());
}
