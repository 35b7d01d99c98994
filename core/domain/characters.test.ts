import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { charactersOf, measureText } from "./characters";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("the characters of a text", () => {
  it.each([
    ["an accent that stands by itself", "e\u0301"],
    ["a Devanagari syllable", "नी"],
    ["a Thai vowel above its consonant", "กี"],
    ["a Hebrew letter with its points", "שּׁ"],
    ["a flag", "🇫🇷"],
    ["the flag of Scotland", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"],
    ["a family", "👨‍👩‍👧‍👦"],
    ["a skin tone", "👍🏽"],
    ["a key", "5️⃣"],
  ])("count %s as one", (_, text) => {
    expect(measureText(text).characters).toBe(1);
    expect([...charactersOf(`${text}${text}`)]).toEqual([text, text]);
  });

  it("are the same in pieces as all at once, and joined they are the text", () => {
    const whole = new Intl.Segmenter("en", { granularity: "grapheme" });
    const parts = [
      "a",
      "é",
      "e\u0301",
      "\n",
      " ",
      "字",
      "क्षि",
      "한",
      "🇫",
      "🇫🇷",
      "👨‍👩‍👧‍👦",
      "\u200d",
      "\u{1d165}",
      "👍🏽",
    ];
    const text = fc.array(fc.constantFrom(...parts), { maxLength: 700 }).map((all) => all.join(""));

    fc.assert(
      fc.property(text, (joined) => {
        expect([...charactersOf(joined)]).toEqual([...whole.segment(joined)].map(({ segment }) => segment));
      }),
    );
  });

  it("are counted whole when one is longer than a piece", () => {
    const pile = `a${"\u0301".repeat(3_000)}`;

    expect(measureText(`${pile}b`)).toEqual({ characters: 2, longest: 3_001 });
    expect(measureText(`x${"\u{1d165}".repeat(600)}`)).toEqual({ characters: 1, longest: 601 });
  });

  it("are found piece by piece, because some engines are slow with a long text", () => {
    const pieces = vi.spyOn(Intl.Segmenter.prototype, "segment");
    const text = "abcde ".repeat(3_000);

    expect(measureText(text).characters).toBe(text.length);
    const units = pieces.mock.calls.map(([piece]) => piece.length);
    expect(Math.max(...units)).toBeLessThanOrEqual(256);
    expect(units.reduce((sum, each) => sum + each)).toBeLessThan(text.length * 1.1);
  });

  it("are code points where the browser has no segmenter", () => {
    vi.stubGlobal("Intl", {});

    expect([...charactersOf("e\u0301👍")]).toEqual(["e", "\u0301", "👍"]);
  });
});
