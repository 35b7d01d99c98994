import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

// tests/chaos/system and tests/chaos/browser need processes and minutes: they have commands of their own.
export default defineConfig({
  test: {
    include: ["tests/chaos/**/*.test.ts"],
    exclude: ["**/node_modules/**", "tests/chaos/{system,browser}/**"],
    testTimeout: 240_000,
    hookTimeout: 60_000,
    // A play has a clock of its own: a busy machine changes nothing in it.
    maxWorkers: availableParallelism(),
  },
});
