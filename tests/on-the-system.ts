// Runs steps against the whole system as `npm start` runs it, one after the other, and ends the system in every case.

import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { TEST_RUN_REPORTS } from "../local/iam/report-file";
import { startSystem, type System, TEST_SYSTEM } from "./fixtures/system";
import { failedStep, type Outcome, reportFile, runInTurn, say, type Step, vitestStep } from "./steps";

/** Every cloud that a step starts keeps its IAM report here; `npm run iam` reads them all. */
export const IAM_REPORT = { PARLEY_IAM_REPORT: resolve(TEST_RUN_REPORTS) };

/** For a step that needs the system: its addresses, its outputs and its IAM report. */
const SYSTEM_ENV = { ...TEST_SYSTEM.env, ...IAM_REPORT };

export const onTheSystem = (name: string, config: string): Step =>
  vitestStep(name, ["--config", config], SYSTEM_ENV);

/** The stories in Chromium that `choose` selects. */
export function storiesStep(name: string, choose: readonly string[]): Step {
  const file = reportFile(name.replaceAll(/\W+/g, "-"));
  const config = ["--config", "tests/e2e/playwright.config.ts", "--reporter=list,json"];
  return {
    name,
    command: ["npx", "playwright", "test", ...config, ...choose],
    env: { ...SYSTEM_ENV, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
    report: { file, of: "playwright" },
  };
}

/** Removes what an earlier run stored and reported. Its build of the app stays: it is used again where nothing changed. */
export function forgetEarlierRuns(): void {
  for (const folder of [TEST_RUN_REPORTS, TEST_SYSTEM.dataDir])
    rmSync(folder, { recursive: true, force: true });
}

export async function runOnTheSystem(steps: readonly Step[]): Promise<readonly Outcome[]> {
  let system: System;
  try {
    system = await startSystem(say, SYSTEM_ENV);
  } catch (problem) {
    return [failedStep("start the whole system", problem)];
  }
  try {
    return await runInTurn(steps);
  } finally {
    await system.stop();
  }
}
