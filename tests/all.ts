// `npm test`: everything. Checks first, then the whole system as `npm start` runs it, on ports and data of its own,
// under raw frames, under two people in a real Chromium, and under kill -9.

import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { TEST_RUN_REPORTS } from "../local/iam/report-file";
import { preflight } from "../local/preflight";
import { fail } from "../local/progress";
import { check } from "./check";
import { conformance } from "./conformance/run";
import { chromiumOrInstall } from "./fixtures/chromium";
import { startSystem, TEST_SYSTEM } from "./fixtures/system";
import { reportFile, runStep, say, sum, type Outcome, type Step, vitestStep } from "./steps";

/** Every cloud that a test of the product starts keeps its report here; `npm run iam` reads them all. */
const IAM_REPORT = { PARLEY_IAM_REPORT: resolve(TEST_RUN_REPORTS) };

const startedAt = Date.now();
const outcomes: Outcome[] = [];

try {
  await preflight({ dataDir: TEST_SYSTEM.dataDir });
} catch (problem) {
  fail(problem);
}

say("checks");
outcomes.push(...(await check()));

say("contracts");
const EACH_PROCESSOR = `--maxWorkers=${availableParallelism()}`;
outcomes.push(await runStep(vitestStep("contracts on real engines", ["--project=contract", EACH_PROCESSOR])));

say("the local cloud");
outcomes.push(await conformance());
outcomes.push(await runStep(vitestStep("grants taken away", ["--config", "tests/iam/vitest.config.ts"])));

say("what it costs");
outcomes.push(await runStep({ name: "a day, to its budget", command: ["npx", "tsx", "tests/cost/cost.ts"] }));
outcomes.push(
  await runStep({
    name: "message function, to its budget",
    command: ["npx", "tsx", "bench/function-budget.ts"],
  }),
);

say("deploying");
outcomes.push(await runStep(vitestStep("deployable as is", ["--config", "tests/deploy/vitest.config.ts"])));

rmSync(TEST_RUN_REPORTS, { recursive: true, force: true });

say("under fire");
outcomes.push(await runStep(vitestStep("simulated faults", ["--config", "tests/chaos/vitest.config.ts"])));
for (const [name, config] of [
  ["real processes under fire", "tests/chaos/system/vitest.config.ts"],
  ["crashes, and the relay", "tests/relay/vitest.config.ts"],
  ["hostile frames and ids", "tests/hostile/vitest.config.ts"],
] as const)
  outcomes.push(await runStep(vitestStep(name, ["--config", config], IAM_REPORT)));

say("the whole system");
rmSync(TEST_SYSTEM.dataDir, { recursive: true, force: true });
const failed = await underTheSystem().catch((problem: unknown) => problem);
if (failed) {
  say(failed instanceof Error ? failed.message : String(failed));
  outcomes.push({ ok: false, counts: { passed: 0, failed: 1, skipped: 0 } });
}

const { passed, failed: broken, skipped } = sum(outcomes.map((outcome) => outcome.counts));
say(`test took ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
say(`${passed} passed, ${broken} failed, ${skipped} skipped`);
process.exitCode = outcomes.every((outcome) => outcome.ok) ? 0 : 1;

function onTheSystem(name: string, config: string): Step {
  return vitestStep(name, ["--config", config], { ...TEST_SYSTEM.env, ...IAM_REPORT });
}

async function underTheSystem(): Promise<void> {
  chromiumOrInstall(say);
  const stories = reportFile("stories");
  const system = await startSystem(say, { ...TEST_SYSTEM.env, ...IAM_REPORT });
  try {
    outcomes.push(await runStep(onTheSystem("raw frames", "tests/wire/vitest.config.ts")));
    outcomes.push(
      await runStep({
        name: "two people in a browser",
        command: [
          "npx",
          "playwright",
          "test",
          "--config",
          "tests/e2e/playwright.config.ts",
          "--reporter=list,json",
        ],
        env: { ...TEST_SYSTEM.env, PLAYWRIGHT_JSON_OUTPUT_NAME: stories },
        report: { file: stories, of: "playwright" },
      }),
    );
    outcomes.push(
      await runStep(onTheSystem("two browsers under fire", "tests/chaos/browser/vitest.config.ts")),
    );
  } finally {
    await system.stop();
  }
  outcomes.push(await runStep(onTheSystem("starting, killing, ending", "tests/life/vitest.config.ts")));
  outcomes.push(
    await runStep({
      name: "grants unused, calls denied",
      command: ["npx", "tsx", "local/iam/print-report.ts", TEST_RUN_REPORTS],
    }),
  );
}
