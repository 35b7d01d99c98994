import { describe, expect, it } from "vitest";
import { REFUSAL_CODES } from "../../core/domain/refusal";
import { refusalSentence } from "./refusal-sentences";

const ASKED = ["open", "profile", "message", "edit", "delete", "reaction", "history"] as const;
const EVERY = ASKED.flatMap((asked) => REFUSAL_CODES.map((code) => [asked, code] as const));

describe("a refusal", () => {
  it.each(EVERY)("of %s, %s, is told as a sentence, never as its code", (asked, code) => {
    const sentence = refusalSentence(asked, { code });

    expect(sentence).toMatch(/^[A-Z].{20,}\.$/);
    expect(sentence).not.toContain(code);
  });

  it("is never explained by the sentence of another", () => {
    expect(refusalSentence("profile", { code: "bad-name" })).toContain("A name has 1 to");
    expect(refusalSentence("open", { code: "bad-name" })).toContain("you have no name here yet");
    expect(refusalSentence("message", { code: "bad-name" })).toContain(
      "a reason that this page does not know",
    );
    expect(refusalSentence("delete", { code: "too-long" })).toContain(
      "a reason that this page does not know",
    );
  });

  it("tells how long to wait when the server says", () => {
    expect(refusalSentence("open", { code: "slow-down", delayMs: 8_200 })).toContain("in 9 seconds");
    expect(refusalSentence("open", { code: "slow-down", delayMs: 1_500_000 })).toContain("in 25 minutes");
    expect(refusalSentence("open", { code: "slow-down" })).toContain("in a moment");
  });
});
