import { describe, expect, it } from "vitest";
import { seqOf } from "../domain/ids";
import { FRAME_BYTES, SEND_ENTRIES } from "../domain/limits";
import { utf8Length } from "../domain/utf8-length";
import { nextBatch, pastLog, wireEntry, type Pending } from "./outbox";
import type { OutboxItem, Target } from "./ports/store";
import { ADA, entry, GRACE, idOf, pending } from "./plays/logbook";

const NOW = 1_000;
const ids = (batch: ReturnType<typeof nextBatch>) => batch.map(({ id }) => id);

describe("the next batch", () => {
  it("holds the oldest first, and no more than a frame may", () => {
    const waiting = Array.from({ length: 30 }, (_, index) => pending(`m${index}`, 0));

    expect(ids(nextBatch(waiting, SEND_ENTRIES, NOW))).toEqual(
      ids(waiting.slice(0, 20).map(({ item }) => item)),
    );
  });

  it("fits a frame whatever the texts are made of", () => {
    const waiting = Array.from({ length: 10 }, (_, index) =>
      pending(`m${index}`, 0, { body: { text: '"'.repeat(8_000) } }),
    );

    const batch = nextBatch(waiting, SEND_ENTRIES, NOW);

    expect(batch).toHaveLength(1);
    expect(utf8Length(JSON.stringify(batch.map(wireEntry)))).toBeLessThan(FRAME_BYTES);
  });

  it("leaves out what failed and what has its place, and goes on behind it", () => {
    const failed = pending("failed", 0, { state: { is: "failed", code: "too-long" } });
    const placed = { ...pending("placed", 0), place: { seq: seqOf(9), at: 1 } };

    expect(ids(nextBatch([failed, placed, pending("next", 0)], SEND_ENTRIES, NOW))).toEqual([idOf("next")]);
  });

  it("ends before what is not stored yet, so that the order holds", () => {
    const unstored = { ...pending("two", 0), stored: false };

    const batch = nextBatch([pending("one", 0), unstored, pending("three", 0)], SEND_ENTRIES, NOW);

    expect(ids(batch)).toEqual([idOf("one")]);
  });
});

describe("what points at a message", () => {
  const edit = (name: string, target: Target): Pending => {
    const { item, ...rest } = pending(name, 0);
    const { kind: _, ...place } = item as Extract<OutboxItem, { kind: "message" }>;
    return { ...rest, item: { ...place, kind: "edit", target } };
  };
  const remove = (name: string, target: Target, notBefore: number): Pending => {
    const { item, ...rest } = pending(name, 0);
    const { conversation, id, order, queuedAt, after, state } = item;
    return {
      ...rest,
      item: { kind: "delete", target, notBefore, conversation, id, order, queuedAt, after, state },
    };
  };

  it("waits until its message has a slot, and so does all behind it", () => {
    const waiting = [pending("said", 0), edit("edit", idOf("said")), pending("next", 0)];

    expect(ids(nextBatch(waiting, SEND_ENTRIES, NOW))).toEqual([idOf("said")]);
  });

  it("points at the slot as soon as that is known", () => {
    const waiting = [pending("said", 4), edit("edit", idOf("said"))];
    const read = { me: ADA, after: seqOf(4), upTo: seqOf(9) };

    const after = pastLog(waiting, { ...read, entries: [entry(7, { id: idOf("said"), from: ADA })] });

    expect(after[1]).toMatchObject({ item: { kind: "edit", target: 7 } });
    expect(wireEntry(after[1]!.item)).toEqual({
      kind: "edit",
      id: idOf("edit"),
      target: 7,
      body: { text: "edit" },
    });
  });

  it("to delete it may be taken back for a while; others go past it meanwhile", () => {
    const waiting = [remove("gone", seqOf(3), NOW + 500), pending("next", 0)];

    expect(ids(nextBatch(waiting, SEND_ENTRIES, NOW))).toEqual([idOf("next")]);
    expect(ids(nextBatch(waiting, SEND_ENTRIES, NOW + 500))).toEqual([idOf("gone"), idOf("next")]);
    // A clock that was set back does not hold it for ever.
    expect(ids(nextBatch(waiting, SEND_ENTRIES, NOW - 1))).toEqual([idOf("gone"), idOf("next")]);
  });
});

describe("log that was read", () => {
  const read = (after: number, upTo: number, ...entries: ReturnType<typeof entry>[]) => ({
    me: ADA,
    after: seqOf(after),
    upTo: seqOf(upTo),
    entries,
  });

  it("raises `after` of what was not met in it", () => {
    const [one] = pastLog([pending("mine", 4)], read(4, 9));

    expect(one).toMatchObject({ item: { after: 9 } });
  });

  it("raises nothing past log that was not read: the message may be there", () => {
    const [one] = pastLog([pending("mine", 4)], read(5, 9));

    expect(one).toMatchObject({ item: { after: 4 } });
  });

  it("never lowers it", () => {
    const [one] = pastLog([pending("mine", 12)], read(4, 9));

    expect(one).toMatchObject({ item: { after: 12 } });
  });

  it("gives its place to what was met, and to nobody else's message of that id", () => {
    const met = pastLog([pending("mine", 4)], read(4, 9, entry(7, { id: idOf("mine"), from: ADA })));
    const other = pastLog([pending("mine", 4)], read(4, 9, entry(7, { id: idOf("mine"), from: GRACE })));

    expect(met[0]?.place).toEqual({ seq: 7, at: 1_007 });
    expect(other[0]?.place).toBeUndefined();
  });
});
