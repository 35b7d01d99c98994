import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

const run = (...parameters: readonly string[]) =>
  spawnSync(process.execPath, [...parameters], {
    encoding: "utf8",
    env: { ...process.env, PARLEY_OUTPUTS_FILE: ".local/there-is-no-such-file.json" },
  });

describe("without a backend", () => {
  it("building the app ends with 1 and one sentence that says what to run first", () => {
    const { status, stderr } = run("node_modules/next/dist/bin/next", "build");
    expect(status).toBe(1);
    expect(stderr).toMatch(/amplify_outputs.json is missing: run `npm start` .* or `npx ampx sandbox`/);
    expect(stderr.match(/amplify_outputs/g)).toHaveLength(1);
    expect(stderr).not.toMatch(/^\s+at /m);
  }, 60_000);

  it("another tool can load Next's configuration without its process ending", () => {
    const { status, stdout } = run(
      "--input-type=module",
      "--eval",
      'const { default: config } = await import("./next.config.js"); console.log(typeof config);',
    );
    expect(stdout.trim()).toBe("function");
    expect(status).toBe(0);
  });
});
