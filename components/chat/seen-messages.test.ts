import { describe, expect, it } from "vitest";
import type { EntryView } from "../../core/client/views";
import { seqOf, type Seq } from "../../core/domain/ids";
import { messageView as message } from "./entry-view.fixture";
import { isInSight, look, LOOK_EVERY_MS, NOT_LOOKED, readUpTo } from "./seen-messages";

describe("a message is in sight", () => {
  const window = { top: 100, bottom: 500 };

  it.each([
    ["whole, in the middle", { top: 200, bottom: 240 }, true],
    ["half of it above the window", { top: 80, bottom: 120 }, true],
    ["more than half of it above the window", { top: 70, bottom: 110 }, false],
    ["more than half of it below the window", { top: 490, bottom: 530 }, false],
    ["taller than the window, over half of the window", { top: -5_000, bottom: 300 }, true],
    ["taller than the window, over less than half of it", { top: -5_000, bottom: 290 }, false],
    ["touching the window", { top: 60, bottom: 100 }, false],
    ["of no height", { top: 200, bottom: 200 }, false],
  ])("%s: %s", (_, span, expected) => {
    expect(isInSight(span, window)).toBe(expected);
  });
});

describe("a message is seen", () => {
  const one = seqOf(1);
  const two = seqOf(2);
  /** Looks at these times, at the messages in sight then. Answers when each was seen first. */
  const watch = (looks: readonly (readonly [at: number, inSight: readonly Seq[]])[]) => {
    const seenAt = new Map<Seq, number>();
    let looked = NOT_LOOKED;
    for (const [at, inSight] of looks) {
      const step = look(looked, { at, inSight });
      looked = step.looked;
      for (const seq of step.seen) if (!seenAt.has(seq)) seenAt.set(seq, at);
    }
    return seenAt;
  };
  const steadily = (untilMs: number, inSight: (at: number) => readonly Seq[]) =>
    Array.from({ length: untilMs / LOOK_EVERY_MS + 1 }, (_, index) => {
      const at = index * LOOK_EVERY_MS;
      return [at, inSight(at)] as const;
    });

  it("after half a second in sight", () => {
    expect(watch(steadily(400, () => [one])).get(one)).toBeUndefined();
    expect(watch(steadily(600, () => [one])).get(one)).toBe(500);
  });

  it("not when it flies by", () => {
    expect(watch(steadily(2_000, (at) => (at >= 200 && at <= 600 ? [one, two] : [two]))).has(one)).toBe(
      false,
    );
  });

  it("only when the half second has no interruption", () => {
    expect(watch(steadily(900, (at) => (at === 400 ? [] : [one]))).has(one)).toBe(false);
    expect(watch(steadily(1_000, (at) => (at === 400 ? [] : [one]))).get(one)).toBe(1_000);
  });

  it("not by the time in which the page was too busy to look", () => {
    expect(watch([[0, [one]], [5_000, [one]]]).has(one)).toBe(false); // prettier-ignore
  });
});

describe("a conversation is read", () => {
  const timeline = (entries: readonly EntryView[], read = 0, loadedFrom = 1) => ({
    entries,
    read: seqOf(read),
    loadedFrom: seqOf(loadedFrom),
    hasOlder: loadedFrom > 1,
  });
  const all = () => true;

  it("up to the message before the first that was not seen", () => {
    const entries = [1, 2, 3, 4].map((seq) => message(seq, "grace"));

    expect(readUpTo(timeline(entries), (seq) => seq !== 3)).toBe(2);
    expect(readUpTo(timeline(entries), (seq) => seq !== 1)).toBe(0);
    expect(readUpTo(timeline(entries), all)).toBe(4);
  });

  it("past one's own messages, which need not be seen", () => {
    const entries = [message(1, "grace"), message(2, "ada"), message(3, "grace"), message(undefined, "ada")];

    expect(readUpTo(timeline(entries), (seq) => seq === 1)).toBe(2);
    expect(readUpTo(timeline(entries), (seq) => seq !== 2)).toBe(3);
  });

  it("on from what was read before, on whichever device", () => {
    expect(
      readUpTo(
        timeline(
          [5, 6].map((seq) => message(seq, "grace")),
          5,
        ),
        (seq) => seq === 6,
      ),
    ).toBe(6);
  });

  it("no further while messages between are not loaded", () => {
    const entries = [8, 9].map((seq) => message(seq, "grace"));

    expect(readUpTo(timeline(entries, 3, 8), all)).toBe(3);
    expect(readUpTo(timeline(entries, 7, 8), all)).toBe(9);
  });

  it("across a gap of expired messages, and changes that are not messages", () => {
    const expired = { ...timeline([message(8, "grace")], 3, 8), hasOlder: false };

    expect(readUpTo(expired, all)).toBe(8);
    expect(readUpTo(timeline([message(2, "grace"), message(9, "grace")], 2), all)).toBe(9);
  });
});
