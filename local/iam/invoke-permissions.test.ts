import { describe, expect, it } from "vitest";
import { iamOf, lambda, resource, role } from "./iam-fixture";

const ARN = "arn:aws:lambda:us-east-1:000000000000:function:frames";
const API = "arn:aws:execute-api:us-east-1:000000000000:abc123";
const permission = (properties: object) =>
  resource("AWS::Lambda::Permission", "permission", {
    Action: "lambda:InvokeFunction",
    FunctionName: ARN,
    Principal: "apigateway.amazonaws.com",
    ...properties,
  });
const asked = { functionArn: ARN, principal: "apigateway.amazonaws.com", sourceArn: `${API}/chat/$default` };
const may = (properties: object | undefined, question: object = {}) =>
  iamOf([role(), lambda(), ...(properties ? [permission(properties)] : [])]).mayInvoke({
    ...asked,
    ...question,
  });

describe("who may call a function", () => {
  it("is nobody without a permission", () => {
    expect(may(undefined)).toBe(false);
  });

  it.each<[string, object, boolean]>([
    ["any route", {}, true],
    ["this route, as the CDK writes it", { SourceArn: `${API}/*$default` }, true],
    ["another route", { SourceArn: `${API}/*$connect` }, false],
    ["another API", { SourceArn: "arn:aws:execute-api:us-east-1:000000000000:xyz789/*" }, false],
    ["another service", { Principal: "sns.amazonaws.com" }, false],
    ["another action", { Action: "lambda:GetFunction" }, false],
    ["all actions", { Action: "lambda:*" }, true],
    ["this account", { SourceAccount: "000000000000" }, true],
    ["another account", { SourceAccount: "111111111111" }, false],
    ["the function by its name", { FunctionName: "frames" }, true],
    ["another function", { FunctionName: "connect" }, false],
  ])("is decided by a permission for %s", (_what, properties, expected) => {
    expect(may(properties)).toBe(expected);
  });

  it("is asked by ARN or by an invocation URI, for a route or an authorizer", () => {
    const functionArn = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${ARN}/invocations`;
    expect(may({}, { functionArn })).toBe(true);
    const authorizer = { sourceArn: `${API}/authorizers/a1b2c3` };
    expect(may({ SourceArn: `${API}/authorizers/a1b2c3` }, authorizer)).toBe(true);
    expect(may({ SourceArn: `${API}/*$default` }, authorizer)).toBe(false);
  });

  it("stops the start at a property that is not read", () => {
    expect(() => may({ EventSourceToken: "a" })).toThrow(
      /unable to read permission stack\/permission; .* does not know its property EventSourceToken/,
    );
  });
});
