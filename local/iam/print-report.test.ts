import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { iamWith, KEYS, TABLE_ARN, temporaryDirectory, temporaryReport } from "./iam-fixture";

const print = (...places: readonly string[]) => {
  const script = join(import.meta.dirname, "print-report.ts");
  const { stdout, status } = spawnSync(process.execPath, ["--import", "tsx", script, ...places], {
    encoding: "utf8",
  });
  return { stdout, status };
};

describe("npm run iam", () => {
  it("ends with 0 where all that is granted was used, else with 1 and a sentence for each", () => {
    const reportFile = temporaryReport();
    const iam = iamWith([{ Effect: "Allow", Action: "dynamodb:PutItem", Resource: TABLE_ARN }], {
      reportFile,
    });
    const unused = print(reportFile);
    expect(unused.stdout).toContain("never used: frames-role may dynamodb:PutItem on table/log");
    expect(unused.status).toBe(1);
    iam.decide({ accessKeyId: KEYS.accessKeyId, action: "dynamodb:PutItem", resource: TABLE_ARN });
    iam.stop();
    const used = print(reportFile);
    expect(used.stdout).toContain("All that is granted is used, and nothing was denied");
    expect(used.status).toBe(0);
  });

  it("takes no notice of unused grants when it is asked for denied calls alone", () => {
    const reportFile = temporaryReport();
    const iam = iamWith([{ Effect: "Allow", Action: "dynamodb:PutItem", Resource: TABLE_ARN }], {
      reportFile,
    });
    const well = print("--denied", reportFile);
    expect(well.stdout).toContain("Nothing was denied");
    expect(well.status).toBe(0);
    iam.decide({ accessKeyId: KEYS.accessKeyId, action: "dynamodb:Scan", resource: TABLE_ARN });
    iam.stop();
    const denied = print("--denied", reportFile);
    expect(denied.stdout).toMatch(/^denied: .*dynamodb:Scan on table\/log/m);
    expect(denied.stdout).not.toContain("never used");
    expect(denied.status).toBe(1);
  });

  it("says what to do where there is no report yet", () => {
    const nothing = print(temporaryDirectory());
    expect(nothing.stdout).toMatch(/There is no IAM report in .* yet: run `npm test`/);
    expect(nothing.status).toBe(1);
  });
});
