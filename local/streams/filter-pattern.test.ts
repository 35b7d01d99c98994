import { describe, expect, it } from "vitest";
import { readPattern } from "./filter-pattern";

const event = {
  eventName: "INSERT",
  userIdentity: { type: "Service" },
  dynamodb: { SizeBytes: 100, NewImage: { kind: { S: "Message" }, tags: { SS: ["red", "blue"] } } },
};
const matches = (pattern: object) => readPattern(JSON.stringify(pattern), "relay")(event);
const kind = (test: unknown) => ({ dynamodb: { NewImage: { kind: { S: [test] } } } });
const size = (...comparison: unknown[]) => ({ dynamodb: { SizeBytes: [{ numeric: comparison }] } });

describe("an event pattern", () => {
  it.each([
    ["an exact value", { eventName: ["INSERT", "MODIFY"] }, true],
    ["another value", { eventName: ["REMOVE"] }, false],
    ["every key at once", { eventName: ["INSERT"], eventSource: ["aws:dynamodb"] }, false],
    ["an element of a list", { dynamodb: { NewImage: { tags: { SS: ["blue"] } } } }, true],
    ["one of two patterns", { $or: [{ eventName: ["REMOVE"] }, kind("Message")] }, true],
    ["none of two patterns", { $or: [{ eventName: ["REMOVE"] }, kind("Edit")] }, false],
    ["a prefix", kind({ prefix: "Mess" }), true],
    ["another prefix", kind({ prefix: "mess" }), false],
    ["a suffix", kind({ suffix: "age" }), true],
    ["any case", kind({ "equals-ignore-case": "mESSAGE" }), true],
    ["a key that is there", { userIdentity: { type: [{ exists: true }] } }, true],
    ["a key that is not there", { dynamodb: { OldImage: [{ exists: false }] } }, true],
    ["a key that is there after all", { eventName: [{ exists: false }] }, false],
    ["anything but a value", kind({ "anything-but": "Edit" }), true],
    ["anything but some values", kind({ "anything-but": ["Edit", "Message"] }), false],
    ["anything but a prefix", kind({ "anything-but": { prefix: "Mess" } }), false],
    ["anything but a value, of a key that is not there", { ghost: [{ "anything-but": "x" }] }, false],
    ["a number in a range", size(">", 50, "<=", 100), true],
    ["a number outside of it", size(">", 50, "<", 100), false],
    ["a number that is equal", size("=", 100), true],
  ])("matches by %s", (_what, pattern, expected) => {
    expect(matches(pattern)).toBe(expected);
  });

  it.each([
    ["a comparison that nobody knows", kind({ cidr: "10.0.0.0/8" }), /does not know the comparison cidr/],
    ["a value without its list", { eventName: "INSERT" }, /"INSERT" stands where a list must/],
    ["a numeric comparison without a number", size(">"), /is no numeric comparison/],
  ])("is refused for %s", (_what, pattern, reason) => {
    expect(() => matches(pattern)).toThrow(reason);
  });
});
