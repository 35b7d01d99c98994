// `npm test`: everything. Checks first, then the whole system as `npm start` runs it, on ports and data of its own,
// under raw frames, under two people in a real Chromium, and under kill -9.

import { rmSync } from "node:fs";
import { check } from "./check";
import { chromiumOrInstall } from "./fixtures/chromium";
import { startSystem, TEST_SYSTEM } from "./fixtures/system";
import { runStep, say, sum, type Outcome, type Step } from "./steps";

const startedAt = Date.now();
const outcomes: Outcome[] = [];

const contract = ".local/reports/contract.json";
const wire = ".local/reports/wire.json";
const browser = ".local/reports/e2e.json";
const life = ".local/reports/life.json";

const vitest = (name: string, config: string, file: string): Step => ({
  name,
  command: [
    "npx",
    "vitest",
    "run",
    "--config",
    config,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ],
  env: TEST_SYSTEM.env,
  report: { file, of: "vitest" },
});

say("checks");
outcomes.push(...(await check()));

say("contracts");
outcomes.push(
  await runStep({
    name: "contracts on real engines",
    command: [
      ...["npx", "vitest", "run", "--project=contract"],
      ...["--reporter=default", "--reporter=json", `--outputFile.json=${contract}`],
    ],
    report: { file: contract, of: "vitest" },
  }),
);

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

async function underTheSystem(): Promise<void> {
  chromiumOrInstall(say);
  const system = await startSystem(say);
  try {
    outcomes.push(await runStep(vitest("raw frames", "tests/wire/vitest.config.ts", wire)));
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
        env: { ...TEST_SYSTEM.env, PLAYWRIGHT_JSON_OUTPUT_NAME: `${process.cwd()}/${browser}` },
        report: { file: browser, of: "playwright" },
      }),
    );
  } finally {
    await system.stop();
  }
  outcomes.push(await runStep(vitest("starting, killing, ending", "tests/life/vitest.config.ts", life)));
}
