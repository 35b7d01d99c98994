import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["*.test.ts"],
    testTimeout: 180_000,
    // The first run synthesizes the backend.
    hookTimeout: 180_000,
  },
});
