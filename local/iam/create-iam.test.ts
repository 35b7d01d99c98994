import { describe, expect, it } from "vitest";
import { iamOf, iamWith, KEYS, lambda, policy, role, TABLE_ARN, table } from "./iam-fixture";
import { contextOf } from "./context";

const { accessKeyId } = KEYS;
const put = { accessKeyId, action: "dynamodb:PutItem", resource: TABLE_ARN };
const allow = (action: unknown, resource: unknown = TABLE_ARN, rest: object = {}) => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...rest,
});
const USER = "User: arn:aws:sts::000000000000:assumed-role/frames-role/frames";

describe("deciding on a call", () => {
  it("allows what a statement allows", () => {
    expect(iamWith([allow(["dynamodb:Query", "dynamodb:PutItem"])]).decide(put)).toEqual({
      is: "allowed",
      always: true,
    });
  });

  it("denies what none allows, in AWS's words", () => {
    expect(iamWith([allow("dynamodb:Query")]).decide(put)).toEqual({
      is: "denied",
      message: `${USER} is not authorized to perform: dynamodb:PutItem on resource: ${TABLE_ARN} because no identity-based policy allows the dynamodb:PutItem action`,
    });
  });

  it("lets an explicit deny win, in AWS's words", () => {
    const deny = { Effect: "Deny", Action: "dynamodb:Put*", Resource: "*" };
    expect(iamWith([deny, allow("*", "*")]).decide(put)).toEqual({
      is: "denied",
      message: `${USER} is not authorized to perform: dynamodb:PutItem on resource: ${TABLE_ARN} with an explicit deny in an identity-based policy`,
    });
  });

  it("hides the account and the connection's id where API Gateway does", () => {
    const verdict = iamWith([allow("dynamodb:*")]).decide({
      accessKeyId,
      action: "execute-api:ManageConnections",
      resource: "arn:aws:execute-api:us-east-1:000000000000:abc123/chat/POST/@connections/L0SM9cOFvHcCIhw=",
    });
    expect(verdict).toEqual({
      is: "denied",
      message: `${USER} is not authorized to perform: execute-api:ManageConnections on resource: arn:aws:execute-api:us-east-1:********0000:abc123/chat/POST/@connections/{connectionId} because no identity-based policy allows the execute-api:ManageConnections action`,
    });
  });

  it.each<[string, object, boolean]>([
    ["an action of another case", allow("DYNAMODB:putitem"), true],
    ["a star in the action", allow("dynamodb:*Item"), true],
    ["a star for all", allow("*", "*"), true],
    ["a table of another name", allow("dynamodb:PutItem", `${TABLE_ARN}s`), false],
    ["an index of the table", allow("dynamodb:PutItem", `${TABLE_ARN}/index/byTime`), false],
    ["all tables of the account", allow("dynamodb:PutItem", "arn:aws:dynamodb:*:*:table/*"), true],
    ["all but another action", { Effect: "Allow", NotAction: "dynamodb:Scan", Resource: "*" }, true],
    ["all but this action", { Effect: "Allow", NotAction: ["dynamodb:Put*"], Resource: "*" }, false],
    ["all but another table", { Effect: "Allow", Action: "*", NotResource: `${TABLE_ARN}s` }, true],
    ["all but this table", { Effect: "Allow", Action: "*", NotResource: TABLE_ARN }, false],
  ])("reads %s", (_what, statement, allowed) => {
    expect(iamWith([statement]).decide(put).is).toBe(allowed ? "allowed" : "denied");
  });

  it("denies keys that no function has", () => {
    expect(iamWith([allow("*", "*")]).decide({ ...put, accessKeyId: "AKIAEXAMPLE" })).toEqual({
      is: "denied",
      message: "The security token included in the request is invalid.",
    });
  });

  it("looks at the values of each call where a statement has a condition", () => {
    const iam = iamWith([
      allow("dynamodb:PutItem", TABLE_ARN, {
        Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": "d.*" } },
      }),
    ]);
    const into = (conversation: string) =>
      iam.decide({ ...put, context: () => contextOf({ "dynamodb:LeadingKeys": [conversation] }) }).is;
    expect([into("d.1"), into("r.1"), into("d.2")]).toEqual(["allowed", "denied", "allowed"]);
  });

  it("denies where there is a condition and the call's values are not read", () => {
    const Condition = { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": "d.*" } };
    const iam = iamWith([allow("dynamodb:PartiQLSelect", TABLE_ARN, { Condition })]);
    const select = { ...put, action: "dynamodb:PartiQLSelect" };
    expect(iam.decide({ ...select, context: () => undefined }).is).toBe("denied");
    expect(iamWith([allow("dynamodb:PartiQL*")]).decide({ ...select, context: () => undefined }).is).toBe(
      "allowed",
    );
  });

  it("knows the caller in conditions", () => {
    const Condition = { ArnLike: { "lambda:SourceFunctionArn": "arn:aws:lambda:*:*:function:frames" } };
    expect(iamWith([allow("*", "*", { Condition })]).decide(put).is).toBe("allowed");
  });

  it("tells one line of each kind of denial, with the statement that is missing", () => {
    const lines: string[] = [];
    const iam = iamWith([], { tell: (line) => lines.push(line) });
    iam.decide(put);
    iam.decide(put);
    expect(lines).toEqual([
      `denied: frames may not dynamodb:PutItem on ${TABLE_ARN}; the missing statement: {"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"${TABLE_ARN}"}`,
    ]);
    expect(iam.report().roles[0]?.denied).toEqual([
      { functionName: "frames", action: put.action, resource: TABLE_ARN, because: "no-statement", times: 2 },
    ]);
  });

  it("tells a missing statement for all connections, not for the one", () => {
    const lines: string[] = [];
    const connections = "arn:aws:execute-api:us-east-1:000000000000:abc123/chat/POST/@connections/";
    const iam = iamWith([], { tell: (line) => lines.push(line) });
    for (const id of ["L1=", "M1="])
      iam.decide({ accessKeyId, action: "execute-api:ManageConnections", resource: `${connections}${id}` });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`"Resource":"${connections}*"}`);
  });

  it("tells which statement denied, and whose condition does not hold", () => {
    const lines: string[] = [];
    const Condition = { StringEquals: { "dynamodb:ReturnValues": "NONE" } };
    const deny = { Effect: "Deny", Action: "dynamodb:Scan", Resource: "*" };
    const iam = iamWith([allow("dynamodb:PutItem", TABLE_ARN, { Condition }), deny], {
      tell: (line) => lines.push(line),
    });
    iam.decide(put);
    iam.decide({ ...put, action: "dynamodb:Scan" });
    expect(lines[0]).toMatch(/the condition does not hold of .*"dynamodb:ReturnValues":"NONE"/);
    expect(lines[1]).toContain(`denied by ${JSON.stringify(deny)}`);
  });

  it("takes less than 3 µs for a call that it has seen", () => {
    const iam = iamWith([allow("dynamodb:PutItem")]);
    const calls = 200_000;
    for (let call = 0; call < calls; call++) iam.decide(put);
    const startedAt = performance.now();
    for (let call = 0; call < calls; call++) iam.decide(put);
    expect(((performance.now() - startedAt) * 1_000) / calls).toBeLessThan(3);
  });
});

describe("what a role may do", () => {
  const decided = (...resources: Parameters<typeof iamOf>[0]) =>
    iamOf([lambda(), table, ...resources]).decide(put).is;
  const document = { PolicyDocument: { Statement: allow("dynamodb:PutItem") } };

  it("comes from policies inside the role", () => {
    expect(decided(role("frames-role", { Policies: [{ PolicyName: "inline", ...document }] }))).toBe(
      "allowed",
    );
  });

  it("comes from managed policies, whichever side names the other", () => {
    const managed = (roles: readonly string[]) => ({
      ...policy([allow("dynamodb:PutItem")], roles, "writing"),
      type: "AWS::IAM::ManagedPolicy",
    });
    const arns = { ManagedPolicyArns: ["arn:aws:iam::000000000000:policy/writing"] };
    expect(decided(role(), managed(["frames-role"]))).toBe("allowed");
    expect(decided(role("frames-role", arns), managed([]))).toBe("allowed");
    expect(decided(role(), managed([]))).toBe("denied");
  });

  it("does not come from another role's policy", () => {
    expect(decided(role(), role("other"), policy([allow("*", "*")], ["other"]))).toBe("denied");
  });

  it("comes from AWS's own policy for logs", () => {
    const ManagedPolicyArns = ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"];
    const iam = iamOf([lambda(), role("frames-role", { ManagedPolicyArns })]);
    expect(iam.mayOpenLog({ accessKeyId, functionName: "frames", stream: "a" })).toBe(true);
  });
});

describe("starting", () => {
  const start =
    (...resources: Parameters<typeof iamOf>[0]) =>
    () =>
      iamOf([lambda(), ...resources]);
  const admin = { ManagedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] };

  it("stops at a policy of AWS's that is not known here", () => {
    expect(start(role("frames-role", admin))).toThrow(
      /unable to read role stack\/frames-role; .* does not know what arn:aws:iam::aws:policy\/AdministratorAccess allows/,
    );
  });

  it("passes over roles that nothing assumes, and names them", () => {
    const iam = iamOf([lambda(), role(), role("people", admin)]);
    expect(iam.report().notRun).toEqual(["stack/people"]);
  });

  it.each<[string, object, RegExp]>([
    [
      "an operator",
      allow("*", "*", { Condition: { IpAddress: { "aws:PrincipalArn": "10.0.0.0/8" } } }),
      /does not know the condition operator IpAddress/,
    ],
    [
      "a condition key",
      allow("*", "*", { Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } }),
      /does not know the condition key aws:SourceVpc/,
    ],
    ["a policy variable", allow("*", "arn:${aws:username}"), /does not fill in the policy variable/],
    ["an element", { ...allow("*"), Principal: "*" }, /does not know the element Principal/],
    ["an effect", { ...allow("*"), Effect: "Perhaps" }, /its Effect is "Perhaps"/],
    ["two kinds of action", { ...allow("*"), NotAction: "*" }, /one of Action and NotAction/],
    ["no resource", { Effect: "Allow", Action: "*" }, /one of Resource and NotResource/],
    ["an action without a service", allow("PutItem"), /"PutItem" is no action/],
  ])("stops at %s that it cannot read", (_what, statement, sentence) => {
    expect(start(role(), policy([statement]))).toThrow(sentence);
    expect(start(role(), policy([statement]))).toThrow(/^unable to read policy stack\/frames-policy; /);
  });

  it("stops at a role that is not of the template, and at one that Lambda may not assume", () => {
    expect(start()).toThrow(/its role arn:aws:iam::000000000000:role\/frames-role is not of the template/);
    expect(start(role("frames-role", { AssumeRolePolicyDocument: { Statement: [] } }))).toThrow(
      /Lambda may not assume its role/,
    );
  });

  it("stops at a permissions boundary", () => {
    expect(start(role("frames-role", { PermissionsBoundary: "arn:aws:iam::aws:policy/X" }))).toThrow(
      /does not know permissions boundaries/,
    );
  });
});
