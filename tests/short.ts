// `npm test`: what a person runs before a change goes in, in less than ten minutes on two idle cores. Fast failures
// come first: the checks, then parts of the product on clouds of their own, then the whole system. Random runs of many
// seeds and long runs of the whole system are in `npm run test:long`.

import { availableParallelism } from "node:os";
import { TEST_RUN_REPORTS } from "../local/iam/report-file";
import { preflight } from "../local/preflight";
import { fail } from "../local/progress";
import { check } from "./check";
import { conformance } from "./conformance/run";
import { chromiumOrInstall } from "./fixtures/chromium";
import { TEST_SYSTEM } from "./fixtures/system";
import { forgetEarlierRuns, IAM_REPORT, onTheSystem, runOnTheSystem, storiesStep } from "./on-the-system";
import { closeRun, type Outcome, runStep, runTogether, say, type Step, vitestStep } from "./steps";

/** A test file with `.long` in its name and a story with `@long` in its title belong to `npm run test:long`. */
const NO_LONG_FILES = ["--exclude", "**/*.long.test.ts"];
const NO_LONG_STORIES = ["--project=stories", "--grep-invert", "@long"];

/** Each starts what it needs on ports of its own, so that they run side by side. */
const ON_THEIR_OWN: readonly Step[] = [
  vitestStep("grants taken away", ["--config", "tests/iam/vitest.config.ts"]),
  conformance,
  vitestStep("crashes, and the relay", ["--config", "tests/relay/vitest.config.ts"], IAM_REPORT),
  { name: "a day, to its budget", command: ["npx", "tsx", "tests/cost/cost.ts"] },
  { name: "message function, to its budget", command: ["npx", "tsx", "bench/function-budget.ts"] },
  vitestStep(
    "hostile frames and ids",
    ["--config", "tests/hostile/vitest.config.ts", ...NO_LONG_FILES],
    IAM_REPORT,
  ),
  vitestStep("contracts on real engines", [
    ...["--project=contract", `--maxWorkers=${availableParallelism()}`],
    ...NO_LONG_FILES,
  ]),
  vitestStep("simulated faults", ["--config", "tests/chaos/vitest.config.ts", ...NO_LONG_FILES]),
];

const ON_THE_SYSTEM: readonly Step[] = [
  onTheSystem("raw frames", "tests/wire/vitest.config.ts"),
  storiesStep("two people in a browser", NO_LONG_STORIES),
];

/** Reads the IAM reports of the steps before it. */
const GRANTS: Step = {
  name: "grants unused, calls denied",
  command: ["npx", "tsx", "local/iam/print-report.ts", TEST_RUN_REPORTS],
};

export const SHORT_STEPS: readonly Step[] = [...ON_THEIR_OWN, ...ON_THE_SYSTEM, GRANTS];

export async function shortRun(): Promise<readonly Outcome[]> {
  await preflight({ dataDir: TEST_SYSTEM.dataDir });
  chromiumOrInstall(say);

  say("checks");
  const checked = await check();
  say("parts of it, side by side");
  const onTheirOwn = await runTogether(ON_THEIR_OWN);
  say("the whole system");
  const onIt = await runOnTheSystem(ON_THE_SYSTEM);
  return [...checked, ...onTheirOwn, ...onIt, await runStep(GRANTS)];
}

if (import.meta.filename === process.argv[1]) {
  const startedAt = Date.now();
  try {
    forgetEarlierRuns();
    closeRun("test", startedAt, await shortRun());
  } catch (problem) {
    fail(problem);
  }
}
