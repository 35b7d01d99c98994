import { describe, expect, it } from "vitest";
import { capabilitiesFor } from "./templates";

const asked = (root: object, nested: object = {}) => capabilitiesFor({ templates: { root, nested } });
const role = (Properties: object = {}) => ({ Resources: { R: { Type: "AWS::IAM::Role", Properties } } });

describe("what templates ask of an account", () => {
  it("is nothing without roles", () => {
    expect(asked({ Resources: { T: { Type: "AWS::DynamoDB::Table", Properties: {} } } })).toEqual([]);
  });

  it("is the right to make roles, also in a nested stack", () => {
    expect(asked({}, role())).toEqual(["CAPABILITY_IAM"]);
  });

  it("is another right for roles with names", () => {
    expect(asked(role({ RoleName: "ours" }))).toEqual(["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"]);
  });

  it("is another right for what CloudFormation is to rewrite", () => {
    expect(asked({ Transform: "AWS::Serverless-2016-10-31" })).toEqual(["CAPABILITY_AUTO_EXPAND"]);
    expect(asked({ Resources: { R: { "Fn::Transform": { Name: "AWS::Include" } } } })).toEqual([
      "CAPABILITY_AUTO_EXPAND",
    ]);
  });
});
