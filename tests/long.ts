// `npm run test:long`: many seeds, long runs of the whole system and of browsers, and Amplify's own tools in a clean clone.
// It also plays the main stories in three browser engines, and runs on the newer versions of Node.
//
// A step is one line in one of the three lists. A test file with `.long` in its name and a story with `@long` in its title
// need no line: `npm test` leaves them out, and a step below takes them in.

import { availableParallelism } from "node:os";
import { TEST_RUN_REPORTS } from "../local/iam/report-file";
import { preflight } from "../local/preflight";
import { fail } from "../local/progress";
import { chromiumOrInstall } from "./fixtures/chromium";
import { TEST_SYSTEM } from "./fixtures/system";
import { forgetEarlierRuns, IAM_REPORT, onTheSystem, runOnTheSystem, storiesStep } from "./on-the-system";
import { closeRun, type Outcome, runInTurn, say, type Step, vitestStep } from "./steps";

const LONG_FILES = ".long.test.ts";
const EACH_CORE = `--maxWorkers=${availableParallelism()}`;

/** One after the other. Each starts what it needs, and ends it. */
const ON_THEIR_OWN: readonly Step[] = [
  vitestStep("contracts that take long", ["--project=contract", EACH_CORE, LONG_FILES]),
  vitestStep("deployable as is", ["--config", "tests/deploy/vitest.config.ts"]),
  vitestStep("simulated faults, many seeds", ["--config", "tests/chaos/vitest.config.ts", LONG_FILES]),
  vitestStep(
    "thousands of hostile frames",
    ["--config", "tests/hostile/vitest.config.ts", LONG_FILES],
    IAM_REPORT,
  ),
  vitestStep("real processes under fire", ["--config", "tests/chaos/system/vitest.config.ts"], IAM_REPORT),
];

/** One after the other, while the whole system runs at TEST_SYSTEM's addresses. */
const ON_THE_SYSTEM: readonly Step[] = [
  storiesStep("long stories in a browser", ["--project=stories", "--grep", "@long"]),
  // Without the stories that these projects wait for where all run at once.
  storiesStep("the cloud killed under a story", ["--project=the cloud killed", "--no-deps"]),
  storiesStep("the demo begun anew", ["--project=the demo begun anew", "--no-deps"]),
  onTheSystem("two browsers under fire", "tests/chaos/browser/vitest.config.ts"),
];

/** One after the other, once the whole system has ended and its ports are free. */
const AFTER_THE_SYSTEM: readonly Step[] = [
  onTheSystem("starting, killing, ending", "tests/life/vitest.config.ts"),
  {
    // Unused grants are no fault here: `npm test` is the run that uses every grant.
    name: "calls denied",
    command: ["npx", "tsx", "local/iam/print-report.ts", "--denied", TEST_RUN_REPORTS],
  },
  // These begin with data of their own, and remove the reports that the step above has read.
  { name: "main stories in three engines", command: ["npx", "tsx", "tests/engines/main.ts"] },
  { name: "start, unit and wire: Node 22, 24", command: ["npx", "tsx", "tests/node-versions.ts"] },
];

export const LONG_STEPS: readonly Step[] = [...ON_THEIR_OWN, ...ON_THE_SYSTEM, ...AFTER_THE_SYSTEM];

export async function longRun(): Promise<readonly Outcome[]> {
  await preflight({ dataDir: TEST_SYSTEM.dataDir });
  chromiumOrInstall(say);
  say("on their own");
  const onTheirOwn = await runInTurn(ON_THEIR_OWN);
  say("the whole system");
  const onIt = await runOnTheSystem(ON_THE_SYSTEM);
  say("after it");
  const afterIt = await runInTurn(AFTER_THE_SYSTEM);
  return [...onTheirOwn, ...onIt, ...afterIt];
}

if (import.meta.filename === process.argv[1]) {
  const startedAt = Date.now();
  try {
    forgetEarlierRuns();
    closeRun("test:long", startedAt, await longRun());
  } catch (problem) {
    fail(problem);
  }
}
