import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { iamWith, KEYS, TABLE_ARN, temporaryDirectory, temporaryReport } from "./iam-fixture";
import { mergeReports } from "./report";
import { readReport, readReports, reportFileOf } from "./report-file";

const put = { accessKeyId: KEYS.accessKeyId, action: "dynamodb:PutItem", resource: TABLE_ARN };
const PUT = { Effect: "Allow", Action: "dynamodb:PutItem", Resource: TABLE_ARN };
const GET = { ...PUT, Action: "dynamodb:GetItem" };
const usedIn = (file: string) =>
  readReport(file)?.roles[0]?.granted.map(({ action, used }) => `${action} ${used}`);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the file of a report", () => {
  it("is there from the start, and a second after a use holds it", () => {
    const reportFile = temporaryReport();
    const iam = iamWith([PUT], { reportFile });
    expect(usedIn(reportFile)).toEqual(["dynamodb:PutItem 0"]);
    iam.decide(put);
    iam.decide(put);
    expect(usedIn(reportFile)).toEqual(["dynamodb:PutItem 0"]);
    vi.advanceTimersByTime(1_000);
    expect(usedIn(reportFile)).toEqual(["dynamodb:PutItem 2"]);
    expect(existsSync(`${reportFile}.next`)).toBe(false);
  });

  it("goes on where the last run ended, killed or stopped", () => {
    const reportFile = temporaryReport();
    const killed = iamWith([PUT], { reportFile });
    killed.decide(put);
    vi.advanceTimersByTime(1_000);
    const stopped = iamWith([PUT, GET], { reportFile });
    stopped.decide(put);
    stopped.stop();
    expect(usedIn(reportFile)).toEqual(["dynamodb:PutItem 2", "dynamodb:GetItem 0"]);
    expect(stopped.report()).toEqual(readReport(reportFile));
  });

  it("forgets grants that the template no longer has, and denials of other policies", () => {
    const reportFile = temporaryReport();
    const before = iamWith([GET], { reportFile });
    before.decide({ ...put, action: "dynamodb:GetItem" });
    before.decide(put);
    before.stop();
    expect(readReport(reportFile)?.roles[0]?.denied).toHaveLength(1);
    iamWith([PUT], { reportFile });
    expect(usedIn(reportFile)).toEqual(["dynamodb:PutItem 0"]);
    expect(readReport(reportFile)?.roles[0]?.denied).toEqual([]);
  });

  it("starts anew over what it cannot read", () => {
    const reportFile = temporaryReport();
    for (const content of ["{", '{"stack":"stack","roles":[{}]}']) {
      writeFileSync(reportFile, content);
      iamWith([PUT], { reportFile });
      expect(usedIn(reportFile)).toEqual(["dynamodb:PutItem 0"]);
    }
  });

  it("is done without where it cannot be written, and that is said once", () => {
    const lines: string[] = [];
    const directory = temporaryDirectory();
    const iam = iamWith([PUT], { reportFile: directory, tell: (line) => lines.push(line) });
    expect(iam.decide(put).is).toBe("allowed");
    vi.advanceTimersByTime(1_000);
    iam.stop();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^unable to write the IAM report; /);
  });
});

describe("two clouds at once", () => {
  it("lose none of each other's counts, since each has a file of its own", () => {
    const PARLEY_IAM_REPORT = temporaryDirectory();
    const clouds = ["a", "b"].map((dataDir) =>
      iamWith([PUT], { reportFile: reportFileOf({ PARLEY_IAM_REPORT }, dataDir) }),
    );
    for (const [at, cloud] of [...clouds, ...clouds].entries()) {
      for (let times = 0; times <= at; times++) cloud.decide(put);
      vi.advanceTimersByTime(500);
    }
    for (const cloud of clouds) cloud.stop();
    const [merged] = mergeReports(readReports(PARLEY_IAM_REPORT));
    expect(merged?.roles[0]?.granted[0]?.used).toBe(1 + 2 + 3 + 4);
  });

  it("have their files in the data directory where no other place is named", () => {
    expect(reportFileOf({}, "data")).toBe(join("data", "iam.json"));
    expect(reportFileOf({ PARLEY_IAM_REPORT: "" }, "data")).toBe(join("data", "iam.json"));
    expect(reportFileOf({ PARLEY_IAM_REPORT: "all" }, "data")).toBe(
      reportFileOf({ PARLEY_IAM_REPORT: "all" }, "./data"),
    );
  });

  it("are read file by file, whatever else lies there", () => {
    const directory = temporaryDirectory();
    iamWith([PUT], { reportFile: join(directory, "a.json") });
    writeFileSync(join(directory, "a.json.next"), readFileSync(join(directory, "a.json")));
    writeFileSync(join(directory, "b.json"), "{}");
    expect(readReports(directory)).toHaveLength(1);
    expect(readReports(join(directory, "none"))).toEqual([]);
  });
});
