import { describe, expect, it } from "vitest";
import { isOnlyEmoji } from "./only-emoji";

describe("a text of emoji only", () => {
  it.each(["🦊", "👍🏽", "👩‍👩‍👧‍👦", "🇩🇪", "❤️", "1️⃣", "🎉🎉🎉", " 🙂 ", "👩🏽‍💻"])("%s is one", (text) => {
    expect(isOnlyEmoji(text)).toBe(true);
  });

  it.each(["", "1", "12", "#", "*", "ok 👍", "🎉🎉🎉🎉", "a", "\u200D", "©"])("%j is none", (text) => {
    expect(isOnlyEmoji(text)).toBe(false);
  });
});
