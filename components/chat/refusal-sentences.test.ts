import { describe, expect, it } from "vitest";
import { REFUSAL_CODES } from "../../core/domain/refusal";
import { refusalSentence } from "./refusal-sentences";

describe("a refusal", () => {
  it.each(REFUSAL_CODES)("%s is told as a sentence, never as its code", (code) => {
    const sentence = refusalSentence({ code });

    expect(sentence).toMatch(/^[A-Z].{20,}\.$/);
    expect(sentence).not.toContain(code);
  });

  it("tells how long to wait when the server says", () => {
    expect(refusalSentence({ code: "slow-down", delayMs: 8_200 })).toContain("in 9 seconds");
    expect(refusalSentence({ code: "slow-down", delayMs: 1_500_000 })).toContain("in 25 minutes");
    expect(refusalSentence({ code: "slow-down" })).toContain("in a moment");
  });
});
