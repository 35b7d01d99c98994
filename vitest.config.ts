import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{core,amplify,local,components,app,tests,bench}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "tests/e2e/**", "tests/wire/**"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
