import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["*.test.ts"],
    // Each file has a cloud of its own, and seconds are counted.
    fileParallelism: false,
    testTimeout: 240_000,
    // The first run synthesizes the backend.
    hookTimeout: 180_000,
  },
});
