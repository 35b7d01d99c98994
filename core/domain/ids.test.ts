import { describe, expect, it } from "vitest";
import { isDeviceId, isEntryId, isHandle, isSeq, isUserId, nextSeq, seqOf } from "./ids";

describe("ids", () => {
  it.each(["0a9c1f5e-4b1d-4c80-9d6e-3f3f5d1b7a01"])("%s is a user", (text) =>
    expect(isUserId(text)).toBe(true),
  );
  it.each(["", "0A9C1F5E-4B1D-4C80-9D6E-3F3F5D1B7A01", "0a9c1f5e4b1d4c809d6e3f3f5d1b7a01", "x"])(
    "%j is no user",
    (text) => expect(isUserId(text)).toBe(false),
  );

  it.each(["abcdefgh", "A-b_9".repeat(8)])("%s names an entry and a device", (text) => {
    expect([isEntryId(text), isDeviceId(text)]).toEqual([true, true]);
  });
  it.each(["", "abcdefg", "x".repeat(41), "abc.defgh", "abcdefgh\n"])("%j names neither", (text) => {
    expect([isEntryId(text), isDeviceId(text)]).toEqual([false, false]);
  });

  it.each(["ada", "a-1", "ada.lovelace_3", "x".repeat(30)])("%s is a handle", (text) => {
    expect(isHandle(text)).toBe(true);
  });
  it.each(["ab", "Ada", "1ada", "ada-", "-ada", "a da", "x".repeat(31), "ada\n"])(
    "%j is no handle",
    (text) => {
      expect(isHandle(text)).toBe(false);
    },
  );
});

describe("a seq", () => {
  it("is a whole number from 0 up that a number can hold", () => {
    expect([0, 1, Number.MAX_SAFE_INTEGER].map(isSeq)).toEqual([true, true, true]);
    expect([-1, 0.5, NaN, Infinity, 2 ** 53].map(isSeq)).toEqual([false, false, false, false, false]);
    expect(() => seqOf(-1)).toThrow(RangeError);
    expect(nextSeq(seqOf(41))).toBe(42);
  });
});
