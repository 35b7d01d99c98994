import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileCondition } from "./conditions";

const KEY = "dynamodb:Attributes";

/** The call's values of one key; undefined where it has none. */
const holds = (operator: string, wanted: unknown, values: readonly string[] | undefined): boolean =>
  compileCondition({ [operator]: { [KEY]: wanted } })(
    new Map(values === undefined ? [] : [[KEY.toLowerCase(), values]]),
  );

describe("a condition operator", () => {
  const arn = "arn:aws:lambda:us-east-1:1:function:a";
  it.each<[string, unknown, string, boolean]>([
    ["StringEquals", "a", "a", true],
    ["StringEquals", ["b", "a"], "a", true],
    ["StringEquals", "A", "a", false],
    ["StringEquals", "a*", "ab", false],
    ["StringNotEquals", ["a", "b"], "a", false],
    ["StringNotEquals", ["a", "b"], "c", true],
    ["StringEqualsIgnoreCase", "A", "a", true],
    ["StringNotEqualsIgnoreCase", "A", "a", false],
    ["StringLike", "a?c*", "abcd", true],
    ["StringNotLike", "a*", "abcd", false],
    ["ArnLike", "arn:aws:lambda:*:*:function:?", arn, true],
    ["ArnEquals", "arn:aws:lambda:*:*:function:*", arn, true],
    ["ArnLike", "arn:*:function:a", arn, false],
    ["ArnNotLike", "arn:aws:lambda:*:*:function:a", arn, false],
    ["ArnNotEquals", "arn:aws:lambda:*:*:function:b", arn, true],
    ["Bool", true, "true", true],
    ["Bool", "False", "true", false],
    ["NumericEquals", 10, "10.0", true],
    ["NumericNotEquals", "10", "10", false],
    ["NumericLessThan", "10", "9", true],
    ["NumericLessThanEquals", "10", "10", true],
    ["NumericGreaterThan", "10", "10", false],
    ["NumericGreaterThanEquals", "10", "10", true],
    ["NumericEquals", "0", "", false],
    ["NumericEquals", "ten", "ten", false],
  ])("%s of %j holds or not for %s", (operator, wanted, value, expected) => {
    expect(holds(operator, wanted, [value])).toBe(expected);
  });

  it.each<[string, readonly string[] | undefined, boolean]>([
    ["StringEquals", undefined, false],
    ["StringEqualsIfExists", undefined, true],
    ["StringEqualsIfExists", ["b"], false],
    ["StringNotEquals", undefined, true],
    ["StringNotEqualsIfExists", undefined, true],
    ["StringEquals", ["b", "a"], true],
    ["StringNotEquals", ["b", "a"], false],
    ["ForAllValues:StringEquals", undefined, true],
    ["ForAllValues:StringEquals", ["a", "a"], true],
    ["ForAllValues:StringEquals", ["a", "b"], false],
    ["ForAnyValue:StringEquals", undefined, false],
    ["ForAnyValue:StringEqualsIfExists", undefined, false],
    ["ForAnyValue:StringEquals", ["a", "b"], true],
    ["ForAllValues:StringNotEquals", ["b", "c"], true],
    ["ForAllValues:StringNotEquals", ["b", "a"], false],
    ["ForAnyValue:StringNotEquals", ["a", "b"], true],
    ["ForAnyValue:StringNotEquals", ["a"], false],
  ])('%s of "a" holds or not for %j', (operator, values, expected) => {
    expect(holds(operator, "a", values)).toBe(expected);
  });

  it("Null asks whether there is a value", () => {
    expect(holds("Null", "true", undefined)).toBe(true);
    expect(holds("Null", "true", [])).toBe(true);
    expect(holds("Null", true, ["a"])).toBe(false);
    expect(holds("Null", "false", ["a"])).toBe(true);
    expect(holds("Null", "false", undefined)).toBe(false);
  });

  it("says of all values what its opposite says of none of them", () => {
    const values = fc.array(fc.constantFrom("a", "b", "c"));
    fc.assert(
      fc.property(fc.constantFrom("StringEquals", "StringLike"), values, values, (operator, wanted, have) => {
        const opposite = operator.replace("String", "StringNot");
        expect(holds(`ForAllValues:${operator}`, wanted, have)).toBe(
          !holds(`ForAnyValue:${opposite}`, wanted, have),
        );
        expect(holds(operator, wanted, have)).toBe(!holds(opposite, wanted, have));
      }),
    );
  });
});

describe("a condition", () => {
  it("holds only if all of its operators and keys hold", () => {
    const condition = compileCondition({
      StringEquals: { "dynamodb:Select": "COUNT", "dynamodb:ReturnValues": "NONE" },
      Null: { "dynamodb:Attributes": "true" },
    });
    const context = (values: Record<string, string>) =>
      new Map(Object.entries(values).map(([key, value]) => [`dynamodb:${key}`, [value]]));
    expect(condition(context({ select: "COUNT", returnvalues: "NONE" }))).toBe(true);
    expect(condition(context({ select: "COUNT", returnvalues: "ALL_OLD" }))).toBe(false);
    expect(condition(context({ select: "COUNT" }))).toBe(false);
    expect(condition(context({ select: "COUNT", returnvalues: "NONE", attributes: "a" }))).toBe(false);
  });

  it("compares the names of keys without case", () => {
    const condition = compileCondition({ StringEquals: { "DynamoDB:select": "COUNT" } });
    expect(condition(new Map([["dynamodb:select", ["COUNT"]]]))).toBe(true);
  });

  it.each([
    ["DateLessThan", "2026-01-01", /operator DateLessThan/],
    ["ForSomeValues:StringEquals", "a", /operator ForSomeValues:StringEquals/],
    ["toString", "a", /operator toString/],
    ["StringEquals", "${aws:username}", /policy variable in "\$\{aws:username\}"/],
    ["StringEquals", { a: 1 }, /the value of dynamodb:Attributes is not a text/],
  ])("refuses %s of %j", (operator, wanted, sentence) => {
    expect(() => holds(operator, wanted, [])).toThrow(sentence);
  });
});
