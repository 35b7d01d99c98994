import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TEXT_BYTES } from "./limits";
import { checkText, firstCharacters, isBlank, normalizeText } from "./text";

describe("a text", () => {
  it("is composed, so that it is the same bytes however it was typed", () => {
    expect(normalizeText("e\u0301")).toBe("\u00e9");
  });

  it("keeps tabs and lines and loses other controls", () => {
    expect(normalizeText("a\tb\r\nc\rd\u0000\u001b[31m\u0085")).toBe("a\tb\nc\nd[31m");
  });

  it("replaces half a character and keeps a whole one", () => {
    expect(normalizeText("a\ud83db")).toBe("a\ufffdb");
    expect(normalizeText("\udc4b")).toBe("\ufffd");
    expect(normalizeText("👋")).toBe("👋");
  });

  it("keeps joiners, marks of direction and combined emoji as they are", () => {
    const text = "👩🏽‍🔬 می‌خواهم \u2067שלום\u2069";
    expect(normalizeText(text)).toBe(text);
  });

  it("is the same when it is normalised again, and has no lone surrogate left", () => {
    const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));
    fc.assert(
      fc.property(fc.string({ unit: anyUnit }), (raw) => {
        const text = normalizeText(raw);
        expect(normalizeText(text)).toBe(text);
        expect(new TextDecoder().decode(new TextEncoder().encode(text))).toBe(text);
      }),
    );
  });

  it.each([
    "",
    " \n\t ",
    "\u200b\u200d\ufeff",
    "\u00ad",
    "\u0000\u0007",
    "\u3164",
    "\u2800",
    "\u{e0020}",
    "\ufe0f",
  ])("has nothing to see in %j", (text) => expect(isBlank(text)).toBe(true));

  it.each([".", "👍", "\u0301", "\u{1fae9}", "\ud800"])("has something to see in %j", (text) => {
    expect(isBlank(normalizeText(text))).toBe(false);
  });

  it("is measured in bytes after it was normalised", () => {
    expect(checkText("x".repeat(TEXT_BYTES))).toEqual({ is: "fine", text: "x".repeat(TEXT_BYTES) });
    expect(checkText("x".repeat(TEXT_BYTES + 1))).toEqual({ is: "too-long" });
    expect(checkText("€".repeat(TEXT_BYTES / 2))).toEqual({ is: "too-long" });
    expect(checkText(`x${"\u0000".repeat(TEXT_BYTES)}`)).toEqual({ is: "fine", text: "x" });
    expect(checkText(" \u200b ")).toEqual({ is: "empty" });
  });

  it("is cut between characters", () => {
    expect(firstCharacters("a👋b", 2)).toBe("a👋");
    expect(firstCharacters("a👋b", 9, 4)).toBe("a");
    expect(firstCharacters("a👋b", 9)).toBe("a👋b");
    expect(firstCharacters("", 9, 9)).toBe("");
  });
});
