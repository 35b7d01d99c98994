import { describe, expect, it } from "vitest";
import { judge } from "./policy";

const ARN = "arn:aws:execute-api:us-east-1:000000000000:abc123/chat/$connect";
const policy = (...statements: unknown[]) => ({ Version: "2012-10-17", Statement: statements });
const statement = (Effect: string, Resource: unknown = ARN, Action: unknown = "execute-api:Invoke") => ({
  Effect,
  Action,
  Resource,
});

describe("a policy", () => {
  it("allows the method that a statement names, exactly or by wildcard", () => {
    const patterns = ["*", "arn:aws:execute-api:*:*:abc123/*/$connect", ARN.replace("abc123", "abc12?")];
    for (const resource of [ARN, ...patterns])
      expect(judge(policy(statement("Allow", resource)), ARN)).toEqual({ is: "allowed" });
    expect(judge(policy(statement("Allow", ["arn:x", ARN], ["execute-api:*"])), ARN)).toEqual({
      is: "allowed",
    });
  });

  it("denies what no statement allows", () => {
    const others = [ARN.replace("abc123", "other"), `${ARN}/more`, ARN.replace("chat", "c.at")];
    for (const resource of others)
      expect(judge(policy(statement("Allow", resource)), ARN)).toEqual({ is: "denied", explicit: false });
    expect(judge(policy(statement("Allow", ARN, "execute-api:ManageConnections")), ARN)).toMatchObject({
      is: "denied",
    });
  });

  it("lets a deny win over an allow, in any order", () => {
    const [allowed, denied] = [statement("Allow"), statement("Deny", "*")];
    expect(judge(policy(allowed, denied), ARN)).toEqual({ is: "denied", explicit: true });
    expect(judge(policy(denied, allowed), ARN)).toEqual({ is: "denied", explicit: true });
  });

  it("is malformed without statements, and where it says what is not read here", () => {
    for (const broken of [undefined, {}, policy(), policy(statement("allow"))])
      expect(judge(broken, ARN)).toMatchObject({ is: "malformed" });
    expect(judge(policy({ ...statement("Allow"), Condition: {} }), ARN)).toMatchObject({
      is: "malformed",
      reason: expect.stringContaining("Condition"),
    });
  });
});
