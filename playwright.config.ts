// `npx playwright test` and `npm run e2e`: the stories of tests/e2e on a system that Playwright starts and ends itself.
// Its ports, data and build are those of `npm test`, so a running `npm start` is not disturbed.

import { defineConfig } from "@playwright/test";
import stories from "./tests/e2e/playwright.config";
import { TEST_SYSTEM } from "./tests/fixtures/system";

// Each worker loads this file before its stories, which read these variables.
Object.assign(process.env, TEST_SYSTEM.env);

export default defineConfig({
  ...stories,
  testDir: "./tests/e2e",
  outputDir: "test-results",
  use: { ...stories.use, baseURL: TEST_SYSTEM.appAddress },
  webServer: {
    command: "node --import tsx local/start.ts",
    url: TEST_SYSTEM.appAddress,
    env: { ...TEST_SYSTEM.env },
    // From nothing on a busy machine.
    timeout: 300_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
  },
});
