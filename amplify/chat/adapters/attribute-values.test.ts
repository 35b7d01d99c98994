import { describe, expect, it } from "vitest";
import { itemOf, rowOf } from "./attribute-values";

describe("attribute values", () => {
  it("give back what was stored", () => {
    const row = {
      text: "¿qué? \u{1F44B}",
      empty: "",
      number: 1_767_225_600_000,
      fraction: 0.1,
      yes: true,
      map: { nested: { list: ["a", 1, false, []] }, nothing: {} },
    };

    expect(rowOf(itemOf(row))).toStrictEqual(row);
  });

  it("leave out what is undefined", () => {
    expect(itemOf({ there: "x", absent: undefined })).toEqual({ there: { S: "x" } });
  });

  it("refuse what has no place in our tables", () => {
    for (const value of [Number.NaN, Infinity, null, 1n, () => 1])
      expect(() => itemOf({ value })).toThrow("unable to store");
    expect(() => rowOf({ value: { NULL: true } })).toThrow("unable to read");
    expect(() => rowOf("item")).toThrow("unable to read");
  });
});
