import { describe, expect, it } from "vitest";
import { iamOf, KEYS, lambda, policy, resource, role } from "./iam-fixture";

const group = resource("AWS::Logs::LogGroup", "frames-logs");
const arn = (name: string) => `arn:aws:logs:us-east-1:000000000000:log-group:${name}:*`;
const log = { accessKeyId: KEYS.accessKeyId, functionName: "frames", stream: "2026/01/31/[$LATEST]0123" };
const withLogs = lambda({ LoggingConfig: { LogGroup: "frames-logs" } });
const allow = (Action: unknown, Resource: string) => policy([{ Effect: "Allow", Action, Resource }]);
const BOTH = ["logs:CreateLogStream", "logs:PutLogEvents"];

describe("a function's log", () => {
  it("may be kept with both grants on the group that the template makes", () => {
    const iam = iamOf([role(), withLogs, group, allow(BOTH, arn("frames-logs"))]);
    expect([iam.mayOpenLog(log), iam.mayWriteLog(log)]).toEqual([true, true]);
    const used = iam.report().roles[0]?.granted.map(({ action, used }) => [action, used]);
    expect(used).toEqual([
      ["logs:CreateLogStream", 1],
      ["logs:PutLogEvents", 1],
    ]);
  });

  it("is not kept without", () => {
    const iam = iamOf([role(), withLogs, group, allow(BOTH, arn("other-logs"))]);
    expect([iam.mayOpenLog(log), iam.mayWriteLog(log)]).toEqual([false, false]);
  });

  it("needs to make its group where the template does not", () => {
    const named = arn("/aws/lambda/frames");
    const make = policy(
      [{ Effect: "Allow", Action: "logs:CreateLogGroup", Resource: "*" }],
      ["frames-role"],
      "make",
    );
    expect(iamOf([role(), lambda(), allow(BOTH, named)]).mayOpenLog(log)).toBe(false);
    expect(iamOf([role(), lambda(), allow(BOTH, named), make]).mayOpenLog(log)).toBe(true);
  });
});
