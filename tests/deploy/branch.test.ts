// A branch as Amplify Hosting deploys it: the commands of amplify.yml, word for word, in a clean clone. Only the
// account is a stand-in.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type BuildOutput, LARGEST_BUILD_BYTES, readBuildOutput } from "../../local/doctor/build-output";
import { synthesize } from "../../local/synth/synthesize";
import { openAssembly } from "../../local/template/assembly";
import { type Account, openAccount } from "./account";
import { APP_ID, type BuildMachine, commandsIn, runCommands } from "./build-machine";
import { type Delivery, deliveryOf, outputsOf } from "./templates";

const BRANCH = "main";
const folder = inject("clone");
const ASSEMBLY = join(folder, ".amplify/artifacts/cdk.out");

let machine: BuildMachine;
let account: Account;
let theirs: Delivery;

beforeAll(async () => {
  account = await openAccount(() => outputsOf(ASSEMBLY));
  machine = { folder, branch: BRANCH, environment: account.environment };
  await runCommands(machine, commandsIn(folder, "backend"));
  theirs = deliveryOf(openAssembly(ASSEMBLY));
});

afterAll(() => account.close());

describe("the backend phase of a branch", () => {
  it("hands one stack over, and all that its template names", () => {
    expect(account.stacks).toHaveLength(1);
    expect(account.stacks[0]?.template).toEqual(theirs.templates["root"]);
    expect([...account.objects.keys()].filter((key) => key.endsWith(".zip")).sort()).toEqual(theirs.bundles);
    expect(account.unanswered).toEqual([]);
  });

  it("hands over what ours synthesizes", async () => {
    const { assembly } = await synthesize({
      root: folder,
      outDir: join(folder, ".local/assembly"),
      namespace: APP_ID,
      name: BRANCH,
      type: "branch",
    });

    expect(deliveryOf(assembly)).toEqual(theirs);
  });

  it("has checked the backend's types with Amplify's own compiler", () => {
    expect(existsSync(join(folder, ".amplify/tsconfig.tsbuildinfo"))).toBe(true);
  });

  it("leaves amplify_outputs.json for the app", () => {
    const outputs: unknown = JSON.parse(readFileSync(join(folder, "amplify_outputs.json"), "utf8"));

    expect(outputs).toMatchObject({
      auth: { user_pool_id: expect.stringMatching(/_\w{9}$/) },
      custom: { chat: { socketUrl: expect.stringMatching(/^wss:\/\/\w+\.execute-api\./) } },
    });
  });
});

describe("the frontend phase of a branch", () => {
  let output: BuildOutput;

  beforeAll(async () => {
    await runCommands(machine, commandsIn(folder, "frontend"));
    output = readBuildOutput(join(folder, ".next"));
  });

  it("leaves a build that Amplify Hosting can take: no symlinks, nothing compiled for one machine", () => {
    expect(output).toMatchObject({ symlinks: [], native: [], missing: [], hasServerFiles: true });
  });

  it("stays far below the size that Amplify Hosting takes", () => {
    expect(output.bytes).toBeGreaterThan(1_000_000);
    expect(output.bytes).toBeLessThan(LARGEST_BUILD_BYTES / 4);
  });

  it("speaks to the backend that was deployed before it, and to nothing on this machine", () => {
    const manifest = readFileSync(join(folder, ".next/routes-manifest.json"), "utf8");

    expect(manifest).toMatch(/connect-src 'self' https:\/\/cognito-idp\.\S+ wss:\/\/\w+\.execute-api\./);
    expect(manifest).not.toContain("localhost");
    expect(manifest).toContain("Strict-Transport-Security");
  });

  it("changes nothing that is committed", () => {
    const status = execFileSync("git", ["status", "--porcelain", "--untracked-files=no"], { cwd: folder });

    expect(status.toString()).toBe("");
  });
});
