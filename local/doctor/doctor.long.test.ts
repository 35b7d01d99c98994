// The command as a person runs it, in a copy of this project and with a home of its own.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { textAt } from "../template/json";
import { CHECKS } from "./checks/all";

const COPIED = [
  ...["amplify", "core", "local", "amplify.yml", "package.json", "package-lock.json"],
  ...["tsconfig.json", "tsconfig.strict.json", ".gitignore"],
];
/** Of this machine's environment what says where programs are. */
const { PATH } = process.env;

/** Tests need what is not copied, and the backend's types take them in. */
const isNoTest = (path: string) => !/\.(test|contract)\.tsx?$/.test(path);

let project: string;
let home: string;
beforeAll(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), "parley-project-")));
  for (const path of COPIED) cpSync(path, join(project, path), { recursive: true, filter: isNoTest });
  symlinkSync(realpathSync("node_modules"), join(project, "node_modules"));
  home = mkdtempSync(join(tmpdir(), "parley-home-"));
  mkdirSync(join(home, ".aws"));
});
afterAll(() => {
  rmSync(project, { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
});

async function doctor(...parameters: readonly string[]) {
  const child = spawn("npx", ["tsx", "local/doctor/doctor.ts", ...parameters], {
    cwd: project,
    env: { NODE_ENV: "test", PATH, HOME: home, npm_config_update_notifier: "false" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [printed, complained] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code: child.exitCode, lines: printed.trimEnd().split("\n"), complained };
}

describe("npm run doctor", () => {
  it("prints a line for each check, finds nothing to mend in this project, and ends with 0", async () => {
    const { code, lines, complained } = await doctor();

    const checks = lines.flatMap((line) => /^(?:ok|warn|fail) +([\w-]+) +\S/.exec(line)?.[1] ?? []);
    expect(checks).toEqual(CHECKS.map(({ name }) => name));
    expect(lines.filter((line) => line.startsWith("fail"))).toEqual([]);
    expect(lines).toContainEqual(expect.stringMatching(/^ok +synthesis +The backend can be synthesized/));
    expect(lines).toContainEqual(expect.stringMatching(/^ok +bundles +[1-9]\d* bundles/));
    expect(lines).toContainEqual(expect.stringMatching(/^ok +recovery +[1-9]\d* tables/));
    expect(lines).toContainEqual(expect.stringMatching(/^warn +credentials +No AWS credentials here/));
    expect(lines.at(-1)).toMatch(/^\d+ in order, \d+ to know, 0 to mend$/);
    expect(complained).toBe("");
    expect(code).toBe(0);
  }, 240_000);

  it("ends with 1 when something is to be mended, which other programs can read too", async () => {
    writeFileSync(
      join(home, ".aws/config"),
      "[default]\nregion = eu-west-1\nsso_start_url = https://us.awsapps.com/start\nsso_region = eu-west-1\n" +
        "sso_account_id = 111122223333\nsso_role_name = Admin\n",
    );
    rmSync(join(project, "amplify.yml"));
    // Quicker than one that is well: there is nothing to look at.
    rmSync(join(project, "amplify"), { recursive: true });

    const { code, lines } = await doctor("--json");

    const findings: readonly unknown[] = JSON.parse(lines.join("\n"));
    const failed = findings.filter((finding) => textAt(finding, "is") === "fail");
    expect(failed.map((finding) => textAt(finding, "check"))).toContain("synthesis");
    expect(failed).toEqual(
      expect.arrayContaining([
        {
          check: "amplify-yml",
          is: "fail",
          says: expect.stringMatching(/^There is no amplify\.yml/),
          see: "docs/deploy.md#amplifyyml",
        },
        {
          check: "credentials",
          is: "fail",
          says: expect.stringMatching(/^The session of profile default .*`aws sso login --profile default`/),
          see: "docs/deploy.md#credentials",
        },
      ]),
    );
    expect(code).toBe(1);
  }, 240_000);
});
