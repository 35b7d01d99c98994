import { describe, expect, it } from "vitest";
import { TEXT_BYTES, TEXT_CHARACTERS } from "../../core/domain/limits";
import { checkWritten } from "../../core/domain/text";
import { editProblem, lengthLabel, lengthOf, lengthProblem } from "./composed-length";

describe("the length of what is being written", () => {
  it("is not mentioned while there is room", () => {
    expect(lengthOf("")).toEqual({ is: "fine" });
    expect(lengthOf("a".repeat(TEXT_CHARACTERS / 2))).toEqual({ is: "fine" });
    expect(lengthOf("नी".repeat(TEXT_CHARACTERS / 2))).toEqual({ is: "fine" });
  });

  it("is counted down near the limit, in characters of any script", () => {
    for (const character of ["a", "ß", "ش", "शि", "ก็", "字", "한", "🦊", "🇫🇷", "e\u0301"]) {
      expect(lengthOf(character.repeat(TEXT_CHARACTERS - 3))).toEqual({ is: "near", left: 3 });
      expect(lengthOf(character.repeat(TEXT_CHARACTERS))).toEqual({ is: "near", left: 0 });
      expect(lengthOf(character.repeat(TEXT_CHARACTERS + 1))).toEqual({
        is: "over",
        characters: TEXT_CHARACTERS + 1,
      });
    }
    expect(lengthOf("\r\n".repeat(TEXT_CHARACTERS))).toEqual({ is: "near", left: 0 });
  });

  it("says that there are too many marks where bytes or one character are too many, and the characters are not", () => {
    const pile = `a${"\u0316".repeat(20)}`;

    for (const text of [
      pile,
      `hello ${pile}`,
      `${"x".repeat(1_900)}${pile}`,
      `a${"\u0316".repeat(8)}`.repeat(950),
    ])
      expect(lengthOf(text)).toEqual({ is: "marked" });
    expect(lengthOf("👨‍👩‍👧‍👦".repeat(700))).toEqual({ is: "marked" });
    expect(lengthOf(pile.repeat(TEXT_CHARACTERS + 1))).toMatchObject({ is: "over" });
  });

  it("is fine exactly when the text can be sent", () => {
    for (const text of [
      "x".repeat(TEXT_CHARACTERS),
      '"'.repeat(TEXT_BYTES / 2),
      "🇫🇷".repeat(TEXT_CHARACTERS),
    ]) {
      const isFine = ["fine", "near"].includes(lengthOf(text).is);
      expect(checkWritten(text).is === "fine").toBe(isFine);
    }
  });
});

describe("what is said of a text that is too long", () => {
  const over = lengthOf("x".repeat(TEXT_CHARACTERS + 1_234));
  const marked = lengthOf(`a${"\u0316".repeat(20)}`);

  it("counts in words", () => {
    expect(lengthLabel({ is: "near", left: 1 })).toBe("1 character left");
    expect(lengthLabel({ is: "near", left: 20 })).toBe("20 characters left");
    expect(lengthLabel({ is: "over", characters: 4_000 })).toBe("2,000 characters too long");
    expect(lengthLabel({ is: "marked" })).toBe("This text has too many marks");
  });

  it("says what to do", () => {
    expect(lengthProblem({ is: "fine" }, 1)).toBeUndefined();
    expect(lengthProblem(over, 2)).toBe(
      "This is 1,234 characters too long for one message. Shorten it, or send it as 2 messages.",
    );
    expect(lengthProblem(over, undefined)).toMatch(/too long for 20 messages\. Shorten it\.$/);
    expect(lengthProblem(marked, 3)).toMatch(/too many marks .* Take some out, or send it as 3 messages\.$/);
    expect(lengthProblem(marked, undefined)).toMatch(/ Take some out\.$/);
  });

  it("says of an edit how long it may be: a message of the past was longer", () => {
    expect(editProblem(lengthOf("x".repeat(8_000)))).toBe(
      "An edited message has at most 2,000 characters, and this one has 8,000. Shorten it, then save it.",
    );
    expect(editProblem(marked)).toMatch(/too many marks/);
    expect(editProblem({ is: "near", left: 0 })).toBeUndefined();
  });
});
