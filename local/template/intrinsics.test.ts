import { describe, expect, it } from "vitest";
import { createConditions } from "./conditions";
import { NO_VALUE, resolve, type Scope } from "./intrinsics";

const scope: Scope = {
  ref: (name) => (name === "AWS::NoValue" ? NO_VALUE : name === "List" ? ["x", "y"] : `<${name}>`),
  attribute: (logicalId, attribute) => `<${logicalId}:${attribute}>`,
  condition: (name) => name === "Yes",
  mapped: (map, key, subkey) => `${map}/${key}/${subkey}`,
};

describe("intrinsic functions", () => {
  it.each<[string, unknown, unknown]>([
    ["Ref", { Ref: "Table" }, "<Table>"],
    ["Fn::GetAtt with a list", { "Fn::GetAtt": ["Table", "Arn"] }, "<Table:Arn>"],
    ["Fn::GetAtt with a text", { "Fn::GetAtt": "chat.Outputs.Name" }, "<chat:Outputs.Name>"],
    ["Fn::Join", { "Fn::Join": ["-", ["a", { Ref: "B" }, 3]] }, "a-<B>-3"],
    ["Fn::Join of a list by name", { "Fn::Join": ["+", { Ref: "List" }] }, "x+y"],
    ["Fn::Sub", { "Fn::Sub": "${A}/${B.Arn}/${!C}" }, "<A>/<B:Arn>/${C}"],
    ["Fn::Sub with names of its own", { "Fn::Sub": ["${x}-${A}", { x: { Ref: "B" } }] }, "<B>-<A>"],
    ["Fn::Select", { "Fn::Select": ["1", ["a", { Ref: "B" }]] }, "<B>"],
    ["Fn::Split", { "Fn::Select": [0, { "Fn::Split": ["/", "a/b"] }] }, "a"],
    ["Fn::If", { "Fn::If": ["Yes", { Ref: "A" }, "b"] }, "<A>"],
    ["Fn::FindInMap", { "Fn::FindInMap": ["M", { Ref: "A" }, "k"] }, "M/<A>/k"],
  ])("%s is resolved", (_name, value, resolved) => {
    expect(resolve(value, scope)).toEqual(resolved);
  });

  it("leaves out what is AWS::NoValue, in objects and in lists", () => {
    const none = { "Fn::If": ["No", "a", { Ref: "AWS::NoValue" }] };
    expect(resolve({ kept: 1, gone: none, items: [none, "b"] }, scope)).toEqual({ kept: 1, items: ["b"] });
  });

  it("leaves an IAM condition alone, which only looks like one of CloudFormation", () => {
    const statement = { Effect: "Allow", Condition: { StringEquals: { "aws:x": { Ref: "A" } } } };
    expect(resolve(statement, scope)).toEqual({
      Effect: "Allow",
      Condition: { StringEquals: { "aws:x": "<A>" } },
    });
  });

  it("refuses to select what is not in the list", () => {
    expect(() => resolve({ "Fn::Select": [2, ["a", "b"]] }, scope)).toThrow(/item 2 of 2/);
  });
});

describe("conditions", () => {
  const decide = (definitions: Record<string, unknown>, name: string) =>
    createConditions(definitions, scope)(name);
  const equal = { "Fn::Equals": [{ Ref: "A" }, "<A>"] };
  const different = { "Fn::Equals": ["a", "b"] };

  it("combines what is equal with and, or, not and other conditions", () => {
    const definitions = {
      equal,
      different,
      both: { "Fn::And": [{ Condition: "equal" }, different] },
      either: { "Fn::Or": [different, { Condition: "equal" }] },
      neither: { "Fn::Not": [{ Condition: "either" }] },
    };
    expect(decide(definitions, "both")).toBe(false);
    expect(decide(definitions, "either")).toBe(true);
    expect(decide(definitions, "neither")).toBe(false);
  });

  it("refuses a circle of conditions with its path", () => {
    const definitions = { a: { Condition: "b" }, b: { "Fn::Not": [{ Condition: "a" }] } };
    expect(() => decide(definitions, "a")).toThrow("a -> b -> a");
  });

  it("refuses a condition that is not defined", () => {
    expect(() => decide({}, "Missing")).toThrow(/unable to decide condition Missing; it is not defined/);
  });
});
