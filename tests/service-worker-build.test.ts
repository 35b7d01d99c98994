// The service worker as next.config.js builds it, for each kind of deployment.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "parley-outputs-"));
const outputsFile = join(folder, "outputs.json");
writeFileSync(outputsFile, JSON.stringify({ auth: { aws_region: "eu-west-1" } }));
afterAll(() => rmSync(folder, { recursive: true }));

const ASK = `
  const { default: config } = await import("./next.config.js");
  const { env } = await config(process.argv[1]);
  process.stdout.write(JSON.stringify({ worker: env.PARLEY_WORKER, offline: env.PARLEY_OFFLINE }));
`;

type Built = { readonly worker?: string; readonly offline: string };

function build(phase: string, env: NodeJS.ProcessEnv): Built {
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", ASK, phase], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], PARLEY_OUTPUTS_FILE: outputsFile, PARLEY_BUILD_NAME: "n", ...env },
  });
  // The script above wrote it.
  return JSON.parse(output) as Built;
}

describe("the service worker of a build", () => {
  it("carries the build's name, so that a new build is a new worker", () => {
    const one = build("phase-production-build", { PARLEY_BUILD_NAME: "one" });
    const other = build("phase-production-build", { PARLEY_BUILD_NAME: "other" });
    expect(one.offline).toBe("on");
    expect(one.worker).toContain('"one"');
    expect(one.worker).toMatch(/addEventListener\("fetch"/);
    expect(other.worker).toBe(one.worker?.replace('"one"', '"other"'));
  });

  it("removes itself where the deployment has switched it off", () => {
    const { worker, offline } = build("phase-production-build", { PARLEY_OFFLINE: "off" });
    expect(offline).toBe("off");
    expect(worker).toMatch(/unregister\(\)/);
    expect(worker).not.toMatch(/addEventListener\("fetch"/);
  });

  it("removes itself under `next dev`, whose files change under one name", () => {
    const { worker, offline } = build("phase-development-server", { NODE_ENV: "development" });
    expect(offline).toBe("off");
    expect(worker).toMatch(/unregister\(\)/);
  });

  it("is not built again by a server that starts", () => {
    expect(build("phase-production-server", {}).worker).toBeUndefined();
  });
});
