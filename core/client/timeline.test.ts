import { describe, expect, it } from "vitest";
import { NO_SEQ, seqOf } from "../domain/ids";
import { ADA, entry, GRACE, idOf, kept, pending, stretch, TALK } from "./plays/logbook";
import { lookedThrough, meet, meetPage, older, restart, timelineOf, type Timeline } from "./timeline";
import type { Pending } from "./outbox";
import type { StoredEntry } from "./ports/store";
import type { Page } from "./told.types";

const holding = (first: number, last: number): Timeline =>
  meet(timelineOf(kept({ from: seqOf(first), cursor: seqOf(first - 1) })), ADA, stretch(first, last))
    .timeline;

const page = (entries: Page["entries"], tail: number, floor = 0): Page => ({
  conversation: TALK,
  entries,
  tail: seqOf(tail),
  floor: seqOf(floor),
});

const seqs = ({ entries }: Timeline) => entries.map(({ seq }) => seq);

describe("entries that come", () => {
  it("join the stretch in order, whatever order they come in", () => {
    const { timeline, added } = meet(holding(1, 2), ADA, [entry(4), entry(3)]);

    expect(seqs(timeline)).toEqual([1, 2, 3, 4]);
    expect(added.map(({ seq }) => seq)).toEqual([3, 4]);
    expect(timeline.kept.cursor).toBe(4);
  });

  it("wait above a gap, are known of, and join when it is filled", () => {
    const first = meet(holding(1, 2), ADA, [entry(5), entry(4)]).timeline;
    expect(seqs(first)).toEqual([1, 2]);
    expect(first.kept).toMatchObject({ cursor: 2, tail: 5, tallyAtTail: entry(5).tally });

    const { timeline } = meet(first, ADA, [entry(3)]);
    expect(seqs(timeline)).toEqual([1, 2, 3, 4, 5]);
    expect(timeline.ahead).toEqual([]);
  });

  it("change nothing when they are known", () => {
    const before = holding(1, 3);

    const { timeline, added } = meet(before, ADA, [entry(2), entry(3)]);

    expect(added).toEqual([]);
    expect(timeline.entries).toBe(before.entries);
  });

  it("take a pending message out of the outbox when they join, not while they wait", () => {
    const before = { ...holding(1, 2), pending: [pending("mine", 2)] };
    const own = entry(4, { id: idOf("mine"), from: ADA });

    const waiting = meet(before, ADA, [own]);
    expect(waiting.settled).toEqual([]);
    expect(waiting.timeline.pending).toMatchObject([{ place: { seq: 4 } }]);

    const joined = meet(waiting.timeline, ADA, [entry(3)]);
    expect(joined.settled).toEqual([idOf("mine")]);
    expect(joined.timeline.pending).toEqual([]);
  });
});

describe("a delete", () => {
  const remove = (seq: number, target: number): StoredEntry => {
    const { conversation, id, device, at, tally, state } = entry(seq);
    return {
      kind: "delete",
      target: seqOf(target),
      seq: seqOf(seq),
      from: GRACE,
      conversation,
      id,
      device,
      at,
      tally,
      state,
    };
  };

  it("takes the text from the message and from what is pending about it", () => {
    const about = {
      ...pending("edit", 2),
      item: { ...pending("edit", 2).item, kind: "edit", target: seqOf(2) },
    };
    const before = { ...holding(1, 3), pending: [pending("other", 2), about as Pending] };

    const { timeline, added, amended, settled } = meet(before, ADA, [remove(4, 2)]);

    expect(timeline.entries.map(({ kind }) => kind)).toEqual(["message", "erased", "message", "delete"]);
    expect(timeline.pending.map(({ item }) => item.id)).toEqual([idOf("other")]);
    expect(added.map(({ seq }) => seq)).toEqual([4]);
    expect(amended).toEqual([timeline.entries[1]]);
    expect(settled).toEqual([idOf("edit")]);
  });

  it("that comes with its message leaves nothing to be stored of it", () => {
    const { added } = meet(holding(1, 2), ADA, [entry(3), remove(4, 3)]);

    expect(added.map(({ kind }) => kind)).toEqual(["erased", "delete"]);
  });

  it("that is the newest leaves nothing of an edit behind it in the list", () => {
    const edit: StoredEntry = { ...entry(5), kind: "edit", target: seqOf(2), body: { text: "late" } };

    const { timeline } = meet(holding(1, 3), ADA, [remove(4, 2), edit]);

    expect(timeline.kept.preview).toMatchObject({ kind: "erased", seq: 5 });
    expect(JSON.stringify(timeline)).not.toContain("late");
  });
});

describe("a page", () => {
  it("that is empty is the server's word that there is nothing more", () => {
    const claimed = { ...holding(1, 2), kept: { ...holding(1, 2).kept, tail: seqOf(9) } };

    expect(meetPage(claimed, ADA, page([], 2)).timeline.kept.tail).toBe(2);
  });

  it("that begins above what has expired begins the stretch anew", () => {
    const change = meetPage(holding(1, 2), ADA, page(stretch(8, 9), 9, 7));

    expect(seqs(change.timeline)).toEqual([8, 9]);
    expect(change.timeline.kept).toMatchObject({ from: 8, cursor: 9, floor: 7 });
    expect(change.replaceLog).toBe(true);
  });

  it("replaces a stretch that it does not join, and keeps what waits above it", () => {
    const before = meet(holding(1, 2), ADA, [entry(10)]).timeline;

    const change = restart(before, ADA, page(stretch(7, 9), 10));

    expect(seqs(change.timeline)).toEqual([7, 8, 9, 10]);
    expect(change.replaceLog).toBe(true);
  });

  it("extends a stretch that it joins", () => {
    const change = restart(holding(1, 6), ADA, page(stretch(5, 9), 9));

    expect(seqs(change.timeline)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(change.replaceLog).toBeUndefined();
  });

  it("does not say anything of pending messages about log that it has skipped", () => {
    const before = { ...holding(1, 2), pending: [pending("mine", 2)] };

    const { timeline } = restart(before, ADA, page(stretch(50, 60), 60));

    expect(timeline.pending).toMatchObject([{ item: { after: 2 } }]);
  });

  it("that is only looked through settles a message below the stretch", () => {
    const before = { ...holding(50, 60), pending: [pending("mine", 2)] };
    const own = entry(3, { id: idOf("mine"), from: ADA });

    const change = lookedThrough(before, ADA, seqOf(2), page([own], 60));

    expect(change.settled).toEqual([idOf("mine")]);
    expect(seqs(change.timeline)).toEqual(stretch(50, 60).map(({ seq }) => seq));
  });
});

describe("older entries", () => {
  it("join below, and only without a hole", () => {
    expect(seqs(older(holding(5, 6), stretch(3, 4)).timeline)).toEqual([3, 4, 5, 6]);
    expect(seqs(older(holding(5, 6), stretch(2, 3)).timeline)).toEqual([5, 6]);
    expect(seqs(older(holding(5, 6), [entry(2), entry(4)]).timeline)).toEqual([4, 5, 6]);
  });

  it("lower the beginning of the stretch", () => {
    expect(older(holding(5, 6), stretch(3, 4), NO_SEQ).timeline.kept.from).toBe(3);
  });
});
