import { defineConfig } from "@playwright/test";
import { chromiumArguments, findChromium } from "../fixtures/chromium";
import { place } from "../fixtures/place";

export default defineConfig({
  testDir: ".",
  testMatch: "*.e2e.ts",
  outputDir: "../../test-results",
  timeout: 60_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  workers: 1,
  forbidOnly: true,
  retries: 0,
  use: {
    baseURL: place().appAddress,
    launchOptions: { ...findChromium(), args: chromiumArguments },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
});
