// What would be deployed, by Amplify's own tools. One file at a time: each keeps both cores
// of a small machine busy.

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "deploy",
    include: ["tests/deploy/*.test.ts"],
    globalSetup: "tests/deploy/clean-clone.ts",
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 900_000,
  },
});
