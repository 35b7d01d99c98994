import { defineConfig } from "vitest/config";

// tests/chaos/system needs processes and minutes: it has a command of its own.
export default defineConfig({
  test: {
    include: ["tests/chaos/**/*.test.ts"],
    exclude: ["**/node_modules/**", "tests/chaos/system/**"],
    testTimeout: 240_000,
    hookTimeout: 60_000,
  },
});
