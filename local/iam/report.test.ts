import { describe, expect, it } from "vitest";
import { mergeReports, type Report, type RoleUse } from "./report";
import { findings, reportTable } from "./report-table";

const grant = (action: string, used: number) => ({ action, resource: "arn:log", used });
const denial = (times: number) =>
  ({
    functionName: "frames",
    action: "dynamodb:Scan",
    resource: "arn:log",
    because: "no-statement",
    times,
  }) as const;
const frames = (over: Partial<RoleUse> = {}): RoleUse => ({
  role: "stack/FramesRole",
  functions: ["frames"],
  fingerprint: "a",
  granted: [],
  denied: [],
  ...over,
});
const report = (startedAt: number, role: RoleUse, stack = "stack"): Report => ({
  stack,
  startedAt,
  roles: [role],
  names: { "log-physical-1": "Log", "log-physical-12": "Logs" },
  notRun: ["stack/People"],
});

describe("several runs' reports", () => {
  it("are added up", () => {
    const one = report(1, frames({ granted: [grant("Put", 1), grant("Get", 0)], denied: [denial(2)] }));
    const other = report(2, frames({ granted: [grant("Put", 2), grant("Get", 0)], denied: [denial(3)] }));
    expect(mergeReports([one, other])).toEqual([
      { ...other, roles: [frames({ granted: [grant("Put", 3), grant("Get", 0)], denied: [denial(5)] })] },
    ]);
  });

  it("count what the newest template grants, and nothing that it no longer does", () => {
    const old = report(1, frames({ granted: [grant("Put", 1), grant("Query", 5)] }));
    const now = report(2, frames({ granted: [grant("Put", 0), grant("Get", 0)], fingerprint: "b" }));
    expect(mergeReports([now, old])[0]?.roles[0]?.granted).toEqual([grant("Put", 1), grant("Get", 0)]);
  });

  it("do not hold denials under other policies against the newest", () => {
    const old = report(1, frames({ denied: [denial(1)] }));
    expect(mergeReports([old, report(2, frames({ fingerprint: "b" }))])[0]?.roles[0]?.denied).toEqual([]);
  });

  it("tell grants apart by their conditions", () => {
    const put = { ...grant("Put", 1), condition: "{}" };
    const merged = mergeReports([
      report(1, frames({ granted: [put] })),
      report(2, frames({ granted: [grant("Put", 0), { ...put, used: 0 }] })),
    ]);
    expect(merged[0]?.roles[0]?.granted).toEqual([grant("Put", 0), put]);
  });

  it("stay apart for two stacks", () => {
    const merged = mergeReports([report(1, frames()), report(2, frames(), "probe")]);
    expect(merged.map(({ stack }) => stack)).toEqual(["stack", "probe"]);
  });
});

describe("a report for people", () => {
  const shown = report(
    1,
    frames({
      role: "stack/FramesRole725C335F",
      granted: [
        grant("Put", 12),
        {
          ...grant("Get", 0),
          resource: "arn:aws:dynamodb:us-east-1:000000000000:table/log-physical-12/index/a",
        },
        { ...grant("Query", 0), condition: "{}" },
      ],
      denied: [{ ...denial(1), resource: "arn:aws:dynamodb:us-east-1:000000000000:table/log-physical-1" }],
    }),
  );

  it("lists what was granted and how often it was used, and what was denied, by short names", () => {
    expect(reportTable(shown)).toBe(
      [
        "stack",
        "",
        "FramesRole (frames)",
        "        12  Put            arn:log",
        "     never  Get            table/Logs/index/a",
        "     never  Query          arn:log if {}",
        "  denied 1  dynamodb:Scan  table/Log",
        "",
        "Not run",
        "  People: nothing here assumes it",
        "",
      ].join("\n"),
    );
  });

  it("finds what was never used and what was denied", () => {
    expect(findings(shown)).toEqual([
      "never used: FramesRole may Get on table/Logs/index/a",
      "never used: FramesRole may Query on arn:log if {}",
      "denied: frames may not dynamodb:Scan on table/Log (once); no statement allows it",
    ]);
    expect(findings(report(1, frames({ granted: [grant("Put", 1)] })))).toEqual([]);
  });
});
