// `npm run check`: everything that needs no running cloud. Quick steps come first; lint and unit tests, the two longest, end
// side by side.

import { closeRun, runTogether, type Outcome, type Step, vitestStep } from "./steps";

/** What tools keep from one run to the next, each by the content of the files. */
const KEPT = ".local/check";

const types = (name: string, project: string): Step => ({
  name: `types: ${name}`,
  command: [
    ...["npx", "tsc", "--noEmit", "-p", project],
    ...["--incremental", "--tsBuildInfoFile", `${KEPT}/${name.replaceAll(" ", "-")}.tsbuildinfo`],
  ],
});

const STEPS: readonly Step[] = [
  {
    name: "format",
    command: [
      ...["npx", "prettier", "--check", "--log-level=warn", "."],
      ...["--cache", "--cache-strategy=content", `--cache-location=${KEPT}/prettier`],
    ],
  },
  {
    name: "import rules",
    command: [
      ...["npx", "depcruise", "--config", ".dependency-cruiser.cjs"],
      ...["app", "components", "core", "amplify", "local", "tests"],
    ],
  },
  { name: "dead code", command: ["npx", "knip"] },
  types("core", "core/tsconfig.json"),
  types("amplify", "amplify/tsconfig.json"),
  types("app and components", "tsconfig.json"),
  types("local and tests", "local/tsconfig.json"),
  { name: "lint", command: ["npx", "eslint", "--max-warnings=0", "."] },
  vitestStep("unit tests", ["--project=unit"]),
];

export const check = (): Promise<readonly Outcome[]> => runTogether(STEPS);

if (import.meta.filename === process.argv[1]) {
  const startedAt = Date.now();
  closeRun("check", startedAt, await check());
}
