import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wildcard, wildcardWithoutCase } from "./wildcard";

/** The same by a regular expression: slow on bad patterns, but plainly right. */
function byExpression(pattern: string): (text: string) => boolean {
  const source = [...pattern].map((one) => (one === "*" ? ".*" : one === "?" ? "." : one)).join("");
  const expression = new RegExp(`^${source}$`, "s");
  return (text) => expression.test(text);
}

const few = (letters: string) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 12 });

describe("a pattern of a policy", () => {
  it("matches what the same regular expression matches", () => {
    fc.assert(
      fc.property(few("ab:/*?"), few("ab:/"), (pattern, text) => {
        expect(wildcard(pattern)(text)).toBe(byExpression(pattern)(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it("matches every text that it was made from", () => {
    fc.assert(
      fc.property(fc.array(few("ab:/"), { minLength: 1 }), (parts) => {
        expect(wildcard(parts.join("*"))(parts.join("xyz"))).toBe(true);
      }),
    );
  });

  it("takes a star of the text for a letter like any other", () => {
    expect(wildcard("a?c")("a*c")).toBe(true);
    expect(wildcard("a*c")("a*bc")).toBe(true);
    expect(wildcard("*b")("a*")).toBe(false);
  });

  it("does not hang on many stars", () => {
    // Of this process's own processor time: a busy machine takes longer by the wall.
    const before = process.cpuUsage();
    expect(wildcard(`${"a*".repeat(40)}b`)("a".repeat(5_000))).toBe(false);
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
  });

  it("compares the names of actions without case", () => {
    expect(wildcardWithoutCase("DynamoDB:Get*")("dynamodb:GetItem")).toBe(true);
    expect(wildcard("DynamoDB:Get*")("dynamodb:GetItem")).toBe(false);
  });
});
