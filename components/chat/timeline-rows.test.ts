import { describe, expect, it } from "vitest";
import { seqOf } from "../../core/domain/ids";
import { messageView as message } from "./entry-view.fixture";
import { timelineRows } from "./timeline-rows";

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
