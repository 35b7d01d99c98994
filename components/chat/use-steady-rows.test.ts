import { describe, expect, it } from "vitest";
import { messageView } from "./entry-view.fixture";
import { timelineRows } from "./timeline-rows";
import { stepTo } from "./use-steady-rows";

const rows = timelineRows(
  [1, 2, 3, 4, 5, 6].map((seq) => messageView(seq, "grace")),
  undefined,
);

describe("the rows on the way to the wanted ones", () => {
  it("are the wanted ones where rows are added at one side", () => {
    expect(stepTo(rows.slice(0, 4), rows)).toEqual({ rows, shift: false });
    expect(stepTo(rows.slice(2), rows)).toEqual({ rows, shift: true });
    expect(stepTo([], rows)).toEqual({ rows, shift: false });
  });

  it("are first the rows at the end, then the rows in front, where rows are added at both sides", () => {
    const first = stepTo(rows.slice(2, 4), rows);

    expect(first).toEqual({ rows: rows.slice(2), shift: false });
    expect(stepTo(first.rows, rows)).toEqual({ rows, shift: true });
  });
});
