import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { charactersOf, measureText } from "./characters";
import { SEND_ENTRIES, TEXT_CHARACTERS } from "./limits";
import { splitText } from "./split-text";
import { checkWritten, normalizeText } from "./text";

const textsOf = (raw: string) => (splitText(raw) ?? []).map(({ text }) => text);
const bare = (text: string) => text.replace(/\s+/g, "");

describe("a text that is split", () => {
  it("is one part where it fits one message", () => {
    expect(textsOf("short")).toEqual(["short"]);
    expect(textsOf(" \n ")).toEqual([]);
  });

  it("ends at a paragraph before it ends at a line, a sentence or a word", () => {
    const paragraph = `${"A sentence of a few words. ".repeat(50).trim()}\nA line.`;
    const text = [paragraph, paragraph, paragraph].join("\n\n");

    expect(textsOf(text)).toEqual([paragraph, paragraph, paragraph]);
  });

  it("ends at a line where there is no paragraph, and keeps the indent of the next", () => {
    const line = `  ${"word ".repeat(230).trim()}`;

    expect(textsOf([line, line, line].join("\n"))).toEqual([line, line, line]);
  });

  it("ends at a sentence where there is no line, in scripts with other full stops too", () => {
    for (const sentence of [
      `Then ${"word ".repeat(60).trim()}. `,
      `${"字".repeat(300)}。`,
      `${"शब्द ".repeat(60).trim()}। `,
    ]) {
      const parts = textsOf(sentence.repeat(15));
      expect(parts.length).toBeGreaterThan(1);
      for (const part of parts) expect(part.endsWith(sentence.trim())).toBe(true);
    }
  });

  it("ends behind a word where there is no sentence, and never before its full stop", () => {
    const parts = textsOf(`${"wordy ".repeat(700)}(end).`);

    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts.slice(0, -1)) expect(part).toMatch(/^(?:wordy )*wordy$/);
    expect(parts.at(-1)).toMatch(/\(end\)\.$/);
  });

  it("ends between Thai words, which have no spaces between them", () => {
    const word = "สวัสดี";
    const parts = textsOf(word.repeat(700));

    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(part.replaceAll(word, "")).toBe("");
  });

  it("ends at a paragraph only in the second half of a message", () => {
    const [first] = textsOf(`Hi.\n\n${"word ".repeat(800)}`);

    expect(measureText(first ?? "").characters).toBeGreaterThan(TEXT_CHARACTERS / 2);
  });

  it("never cuts a character in two, and fits each part into a message", () => {
    const families = textsOf("👨‍👩‍👧‍👦".repeat(2_500));

    expect(families.length).toBe(4);
    for (const part of families) {
      expect(checkWritten(part)).toEqual({ is: "fine", text: part });
      expect(new Set(charactersOf(part))).toEqual(new Set(["👨‍👩‍👧‍👦"]));
    }
  });

  it("loses nothing but white space, whatever it is made of", () => {
    const bits = fc.constantFrom(
      "word",
      " ",
      "\n",
      "\n\n",
      "  ",
      ". ",
      "字",
      "。",
      '"',
      "👨‍👩‍👧‍👦",
      "क्षि",
      "e\u0301",
    );
    const runs = fc.tuple(bits, fc.integer({ min: 1, max: 900 })).map(([bit, times]) => bit.repeat(times));
    fc.assert(
      fc.property(fc.array(runs, { maxLength: 12 }), (all) => {
        const raw = all.join("");
        const parts = splitText(raw) ?? [];
        if (parts.length === 0) return;
        expect(bare(parts.map(({ text }) => text).join(""))).toBe(bare(normalizeText(raw)));
        for (const { text } of parts) expect(checkWritten(text)).toEqual({ is: "fine", text });
        for (const [index, { rest }] of parts.entries())
          expect(bare(rest)).toBe(
            bare(
              parts
                .slice(index + 1)
                .map(({ text }) => text)
                .join(""),
            ),
          );
      }),
      { numRuns: 40 },
    );
  });

  it("has no more parts than one may send at once", () => {
    const page = "x".repeat(TEXT_CHARACTERS);

    expect(splitText(page.repeat(SEND_ENTRIES))).toHaveLength(SEND_ENTRIES);
    expect(splitText(`${page.repeat(SEND_ENTRIES)}x`)).toBeUndefined();
    expect(splitText("x".repeat(1_000_000))).toBeUndefined();
  });

  it("is not split where a character has too many marks: no part could be sent", () => {
    expect(splitText(`a${"\u0316".repeat(20)}`)).toBeUndefined();
  });
});
