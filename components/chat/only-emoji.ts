// One to three emoji and nothing else are drawn large, as people expect.

const EMOJI =
  /^(?!\u200D)(?:\p{RI}\p{RI}|\p{Emoji}\uFE0F?\u20E3|\p{Emoji_Presentation}[\p{Emoji_Modifier}\uFE0F]?|\p{Emoji}\uFE0F|\u200D)+$/u;
const MOST = 3;

export function isOnlyEmoji(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length === 0 || trimmed.length > 40 || !EMOJI.test(trimmed)) return false;
  return [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(trimmed)].length <= MOST;
}
