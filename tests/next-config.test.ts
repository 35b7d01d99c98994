import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

describe("building the app without a backend", () => {
  it("ends with 1 and one sentence that says what to run first", () => {
    const { status, stderr } = spawnSync(process.execPath, ["next.config.js"], {
      encoding: "utf8",
      env: { ...process.env, PARLEY_OUTPUTS_FILE: ".local/there-is-no-such-file.json" },
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/amplify_outputs.json is missing: run `npm start` .* or `npx ampx sandbox`/);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
