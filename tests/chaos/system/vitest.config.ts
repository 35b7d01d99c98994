import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["*.test.ts"],
    // The first run synthesizes the backend; a machine that does other things as well heals more slowly.
    testTimeout: 900_000,
    hookTimeout: 60_000,
  },
});
