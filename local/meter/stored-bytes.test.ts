import { describe, expect, it } from "vitest";
import { itemBytes, storedBytes } from "./stored-bytes";

const row = {
  user: { S: "ada" },
  conversation: { S: "d.ada.grace" },
  activeAt: { N: "1767225580000" },
  read: { N: "40" },
};

describe("an item's size", () => {
  it("is that of its names and values", () => {
    // user 4 + 3, conversation 12 + 11, activeAt 8 + (9 significant digits: 5 + 1), read 4 + (1: 1 + 1)
    expect(itemBytes(row)).toBe(7 + 23 + 14 + 6);
  });

  it("counts text in UTF-8", () => {
    expect(itemBytes({ a: { S: "é" } })).toBe(3);
  });

  it("counts what a map and a list hold, with three bytes and one a member", () => {
    expect(itemBytes({ m: { M: { a: { BOOL: true } } } })).toBe(1 + 3 + 1 + 2);
    expect(itemBytes({ l: { L: [{ S: "ab" }, { NULL: true }] } })).toBe(1 + 3 + 3 + 2);
  });

  it("refuses a type that is none", () => {
    expect(() => itemBytes({ a: { X: "?" } })).toThrow(/"X" is no type/);
  });
});

describe("what is billed as stored", () => {
  it("is each item with a hundred bytes, in the table and in every index", () => {
    const keys = itemBytes({ user: row.user, activeAt: row.activeAt, conversation: row.conversation });
    expect(storedBytes({ items: [row], indexes: [["user", "activeAt", "conversation"]] })).toBe(
      itemBytes(row) + 100 + keys + 100,
    );
  });
});
