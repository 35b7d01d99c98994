import { describe, expect, it } from "vitest";
import type { EntryView } from "../../core/client/views";
import { isEntryId, isUserId, seqOf } from "../../core/domain/ids";
import { timelineRows } from "./timeline-rows";
import { fixLine, lineAt, lookAway, type UnreadLine } from "./unread-line";

const noon = new Date(2026, 0, 15, 12).getTime();
const MINUTE_MS = 60_000;

describe("the rows of a conversation", () => {
  it("have the day above its first entry, once", () => {
    const rows = timelineRows(
      [message(1, "ada", -1440), message(2, "ada", 0), message(3, "grace", 5)],
      undefined,
    );

    expect(rows.map((row) => row.day !== undefined)).toEqual([true, true, false]);
    expect(rows[1]?.day).toBe(new Date(2026, 0, 15).getTime());
  });

  it("group messages of one person within a minute", () => {
    const rows = timelineRows(
      [message(1, "ada", 0), message(2, "ada", 0.5), message(3, "ada", 3), message(4, "grace", 3)],
      undefined,
    );

    expect(rows.map((row) => [row.startsGroup, row.endsGroup])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it("break a group at the line above the first unread", () => {
    const rows = timelineRows([message(1, "grace", 0), message(2, "grace", 0.2)], seqOf(2));

    expect(rows[0]).toMatchObject({ unreadLine: false, endsGroup: true });
    expect(rows[1]).toMatchObject({ unreadLine: true, startsGroup: true });
  });

  it("keep their key when a pending message gets its place", () => {
    const pending = message(undefined, "ada", 0);
    const placed = { ...message(7, "ada", 0), id: pending.id };

    expect(timelineRows([pending], undefined)[0]?.key).toBe(timelineRows([placed], undefined)[0]?.key);
  });
});

describe("the line above the first unread", () => {
  const opening: UnreadLine = { is: "opening" };
  const shown = (...entries: EntryView[]) => ({ entries, readAtOpening: seqOf(2) });

  it("stands above the first of the other's messages that was not read", () => {
    expect(lineAt(opening, shown(message(2, "grace", 0), message(3, "ada", 1), message(4, "grace", 2)))).toBe(
      4,
    );
    expect(lineAt(opening, shown(message(2, "grace", 0)))).toBeUndefined();
  });

  it("finds what the catching up brings, then stays there", () => {
    const caughtUp = [message(2, "grace", 0), message(3, "grace", 1)];
    const line = fixLine(opening, shown(...caughtUp));

    expect(lineAt(line, shown(...caughtUp, message(4, "grace", 2)))).toBe(3);
  });

  it("does not appear above what comes in while the person looks", () => {
    const line = fixLine(opening, shown(message(2, "grace", 0)));

    expect(lineAt(line, shown(message(2, "grace", 0), message(3, "grace", 1)))).toBeUndefined();
  });

  it("appears above what came in while the person looked away, and stays when they look again", () => {
    const seen = [message(2, "grace", 0), message(3, "grace", 1)];
    const away = lookAway(fixLine(opening, shown(...seen)), shown(...seen));
    const more = [...seen, message(4, "grace", 2)];

    expect(lineAt(away, shown(...more))).toBe(4);
    expect(lineAt(fixLine(away, shown(...more)), shown(...more, message(5, "grace", 3)))).toBe(4);
  });
});

let ids = 0;
function message(seq: number | undefined, from: "ada" | "grace", minutes: number): EntryView {
  const id = `entry-${String(ids++).padStart(6, "0")}`;
  const user = `00000000-0000-4000-8000-00000000000${from === "ada" ? "a" : "b"}`;
  if (!isEntryId(id) || !isUserId(user)) throw new RangeError("unable to make a message; its ids are wrong");
  return {
    kind: "message",
    id,
    ...(seq === undefined ? {} : { seq: seqOf(seq) }),
    from: user,
    mine: from === "ada",
    text: "hello",
    at: noon + minutes * MINUTE_MS,
  };
}
