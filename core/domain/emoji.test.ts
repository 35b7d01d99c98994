import { describe, expect, it } from "vitest";
import { checkEmoji, isEmoji } from "./emoji";
import { EMOJI_BYTES } from "./limits";

describe("an emoji", () => {
  it.each(["👍", "👍🏽", "❤️", "😂", "👩‍🔬", "👨🏻‍❤️‍💋‍👨🏿", "🇫🇷", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "5️⃣", "👁️‍🗨️", "🫠", "☀️"])("is %s", (emoji) => {
    expect(checkEmoji(emoji)).toBe(emoji);
    expect(isEmoji(emoji)).toBe(true);
  });

  it("is drawn as one, also when it is typed as a letter", () => {
    expect(checkEmoji("❤")).toBe("❤️");
    expect(checkEmoji(" ☀ ")).toBe("☀️");
    expect(isEmoji("❤ ")).toBe(false);
  });

  it.each(["", " ", "a", "5", "#", "👍👍", "👍a", "🇫", "\u200d", "👍\u200d", "<script>", "\u{E0020}", ":-)"])(
    "is not %j",
    (text) => {
      expect(checkEmoji(text)).toBeUndefined();
    },
  );

  it("is not longer than any real one", () => {
    const long = Array.from({ length: 12 }, () => "👩").join("\u200d");

    expect(checkEmoji(long)).toBeUndefined();
    expect(EMOJI_BYTES).toBeGreaterThanOrEqual(35);
  });
});
