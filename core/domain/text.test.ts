import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { measureText } from "./characters";
import { CHARACTER_CODE_POINTS, TEXT_BYTES } from "./limits";
import { checkText, firstCharacters, isBlank, normalizeText, wireBytesOf } from "./text";

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

  it("takes as many bytes as JSON writes for it", () => {
    const anyText = fc.string({ unit: "binary" });
    const escaped = fc.string({ unit: fc.constantFrom('"', "\\", "\n", "\t", "a", "é", "\u2028", "👋") });
    fc.assert(
      fc.property(fc.oneof(anyText, escaped), (raw) => {
        const text = normalizeText(raw);
        expect(wireBytesOf(text)).toBe(new TextEncoder().encode(JSON.stringify(text)).length - 2);
      }),
    );
  });

  it("is measured after it was normalised, in bytes of a frame", () => {
    expect(checkText("x".repeat(TEXT_BYTES))).toEqual({ is: "fine", text: "x".repeat(TEXT_BYTES) });
    expect(checkText("x".repeat(TEXT_BYTES + 1))).toEqual({ is: "too-long" });
    expect(checkText("€".repeat(TEXT_BYTES / 2))).toEqual({ is: "too-long" });
    expect(checkText('"'.repeat(TEXT_BYTES / 2 + 1))).toEqual({ is: "too-long" });
    expect(checkText(`x${"\u0000".repeat(TEXT_BYTES)}`)).toEqual({ is: "fine", text: "x" });
    expect(checkText(" \u200b ")).toEqual({ is: "empty" });
  });

  it("has no character of more than 16 code points", () => {
    const pile = (marks: number) => `a${"\u0316".repeat(marks)}`;

    expect(checkText(`fine ${pile(15)}`)).toMatchObject({ is: "fine" });
    expect(checkText(`too much ${pile(16)}`)).toEqual({ is: "too-long" });
    expect(checkText("ᄀ".repeat(17))).toEqual({ is: "too-long" });
    expect(checkText(`${"\u0600".repeat(8)}a${"\u0316".repeat(8)}`)).toEqual({ is: "too-long" });
  });

  it("is checked without a segmenter where it has no piles of marks: to make one takes a function long", () => {
    const segmenter = vi.spyOn(Intl.Segmenter.prototype, "segment");

    for (const plain of [
      "a plain text. ",
      "Все люди рождаются свободными. ",
      "人人生而自由。",
      "모든 인간은 ",
      "يولد جميع الناس ",
    ])
      expect(checkText(plain.repeat(100))).toMatchObject({ is: "fine" });
    expect(segmenter).not.toHaveBeenCalled();
    segmenter.mockRestore();
  });

  it("has no long character that is not looked for", () => {
    const bits = [
      "a",
      "字",
      "\u0316",
      "\u200d",
      "👩",
      "🏽",
      "🇫",
      "क",
      "्",
      "ि",
      "ᄀ",
      "ำ",
      "\u{e0067}",
      "\u0600",
    ];
    const text = fc
      .array(fc.constantFrom(...bits), { minLength: 17, maxLength: 60 })
      .map((all) => all.join(""));
    const piles = fc.tuple(
      fc.constantFrom(...bits),
      fc.constantFrom(...bits),
      fc.integer({ min: 5, max: 20 }),
    );
    const pile = piles.map(([one, other, times]) => (one + other).repeat(times));
    fc.assert(
      fc.property(fc.oneof(text, pile), (raw) => {
        const normal = normalizeText(raw);
        const isLong = measureText(normal).longest > CHARACTER_CODE_POINTS;
        if (!isBlank(normal)) expect(checkText(raw).is).toBe(isLong ? "too-long" : "fine");
      }),
      { numRuns: 500 },
    );
  });

  it("is cut between characters", () => {
    expect(firstCharacters("a👋b", 2)).toBe("a👋");
    expect(firstCharacters("a👋b", 9, 4)).toBe("a");
    expect(firstCharacters("a👋b", 9)).toBe("a👋b");
    expect(firstCharacters("", 9, 9)).toBe("");
    expect(firstCharacters("a👨‍👩‍👧‍👦b", 2)).toBe("a👨‍👩‍👧‍👦");
    expect(firstCharacters("a👨‍👩‍👧‍👦b", 9, 20)).toBe("a");
    expect(firstCharacters('""', 9, 3)).toBe('"');
  });
});
