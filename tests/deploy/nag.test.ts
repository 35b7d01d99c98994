import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { type Finding, REASONS, reasonFor } from "./nag-reasons";

const finding = v.object({ rule: v.string(), path: v.string(), description: v.string() });

/** As a branch, because it holds all that a sandbox does and Amplify's own function beside. */
async function inspect(): Promise<readonly Finding[]> {
  const outDir = mkdtempSync(join(tmpdir(), "parley-nag-"));
  const context = {
    "amplify-backend-namespace": "d1a2b3c4d5e6f7",
    "amplify-backend-name": "main",
    "amplify-backend-type": "branch",
    "aws:cdk:bundling-stacks": [],
  };
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", "tests/deploy/nag-report.ts", resolve("amplify/backend.ts")],
      {
        env: {
          ...process.env,
          PARLEY_ACCESS_LOGS: "off",
          CDK_CONTEXT_JSON: JSON.stringify(context),
          CDK_OUTDIR: outDir,
        },
      },
    );
    return stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => v.parse(finding, JSON.parse(line)));
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

let findings: readonly Finding[];
beforeAll(async () => {
  findings = await inspect();
});

describe("what cdk-nag finds in the backend", () => {
  it("is mended, or stays for a reason that is written down", () => {
    expect(findings.filter((one) => !reasonFor(one))).toEqual([]);
  });

  it("is still found, as long as a reason for it is written down", () => {
    const used = new Set(findings.map((one) => reasonFor(one)));

    expect(REASONS.filter((reason) => !used.has(reason))).toEqual([]);
  });

  it("has been looked for in every part", () => {
    const places = findings.map(({ path }) => path.split("/")[1]);

    expect(new Set(places)).toEqual(new Set(["AmplifyBranchLinker", "auth", "chat"]));
  });

  it("is excused at its own place only", () => {
    const elsewhere = {
      rule: "AwsSolutions-DDB3",
      path: "root/chat/Chat/Tables/Log/Resource",
      description: "",
    };

    expect(reasonFor(elsewhere)).toBeUndefined();
  });
});
