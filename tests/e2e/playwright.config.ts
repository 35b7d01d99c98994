import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";
import { chromiumArguments, findChromium } from "../fixtures/chromium";
import { appAddress } from "../fixtures/place";

const KILLED = "cloud-killed.e2e.ts";
const ANEW = "demo-anew.e2e.ts";

export default defineConfig({
  testDir: ".",
  testMatch: "*.e2e.ts",
  outputDir: "../../test-results",
  // Both end what hangs. They are no claim about speed: a busy machine takes its time.
  timeout: 180_000,
  expect: { timeout: 45_000 },
  // A story waits more than it works: three stories keep two cores busy. The one in which the cloud dies comes when the others
  // are told.
  workers: availableParallelism() > 1 ? 3 : 1,
  fullyParallel: true,
  projects: [
    { name: "stories", testIgnore: [KILLED, ANEW] },
    { name: "the cloud killed", testMatch: KILLED, dependencies: ["stories"] },
    { name: "the demo begun anew", testMatch: ANEW, dependencies: ["the cloud killed"] },
  ],
  forbidOnly: true,
  retries: 0,
  use: {
    baseURL: appAddress(),
    launchOptions: { ...findChromium(), args: chromiumArguments },
    // Without a film of every story: it took more of the processors than the stories.
    trace: { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
  },
});
