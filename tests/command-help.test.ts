import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as v from "valibot";

const { scripts } = v.parse(
  v.object({ scripts: v.record(v.string(), v.string()) }),
  JSON.parse(readFileSync("package.json", "utf8")),
);

describe("--help", () => {
  it.each(["start", "dev", "chaos", "chaos:system", "chaos:browser", "bench"])(
    "of `npm run %s` says how to call it, and starts nothing",
    (script) => {
      const file = /\S+\.ts/.exec(scripts[script] ?? "")?.[0] ?? "";
      const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", file, "--help"], {
        encoding: "utf8",
      });
      expect(stderr).toBe("");
      expect(stdout).toMatch(/^npm (start|run [\w:]+)/);
      expect(stdout.split("\n").length).toBeLessThan(12);
      expect(status).toBe(0);
    },
    60_000,
  );
});
