import { describe, expect, it } from "vitest";
import { check } from "../checker/check";
import { brokenIn } from "../checker/verdict";
import { ADA, GRACE, HI, TALK, YES } from "../checker/written-history";
import type { HistoryEvent, LogEntry } from "../history/event";
import type { TabTold } from "./seat";
import type { Row } from "./told";
import { historyOf } from "./written-down";

const LATER: LogEntry = { seq: 3, id: "ada-00003", from: ADA, kind: "message", text: "later" };
const LOG = [HI, YES, LATER];

const rowOf = ({ id, from, text }: LogEntry, tick?: string): Row => ({
  key: `${from} ${id}`,
  mine: from === ADA,
  ...(text !== undefined && { text }),
  ...(tick !== undefined && { tick }),
});
const drawn = (at: number, ...rows: readonly Row[]): TabTold => ({
  at,
  tab: "ada-1",
  profile: "ada",
  is: "shows",
  rows,
  typing: false,
});
const begun = (at: number): TabTold => ({ at, tab: "ada-1", profile: "ada", is: "begun" });

/** What the checker says of a page of Ada's that told this. */
function judged(...told: readonly TabTold[]) {
  const written = LOG.map((entry, op): readonly HistoryEvent[] => [
    {
      at: 1,
      is: "op",
      op,
      tab: entry.from === ADA ? "ada-1" : "grace-1",
      what: "send",
      conversation: TALK,
      text: entry.text ?? "",
    },
  ]);
  const events: readonly HistoryEvent[] = [
    { at: 0, is: "tab", tab: "grace-1", profile: "grace", user: GRACE, store: "new" },
    ...written.flat(),
    { at: 99_999, is: "log", conversation: TALK, entries: LOG },
  ];
  const users = new Map([["ada", ADA]]);
  const history = historyOf({
    conversation: TALK,
    users,
    log: LOG,
    events,
    told: [begun(0), ...told],
    sent: [],
  });
  return check(history);
}

describe("what a page draws", () => {
  it("is in order where the log says so", () => {
    const { I2, I4 } = judged(drawn(10, rowOf(HI, "sent"), rowOf(YES), rowOf(LATER, "waiting")));
    expect([I2.broken, I4.broken]).toEqual([0, 0]);
    expect(I4.checked).toBe(3);
  });

  it("breaks the order when it is drawn as sent and in no log", () => {
    const lost: LogEntry = { ...LATER, id: "ada-lost1" };
    expect(brokenIn(judged(drawn(10, rowOf(HI, "sent"), rowOf(lost, "sent"), rowOf(YES))))).toContain("I4");
  });

  it("breaks the order when the other's line is left out or stands behind a gap", () => {
    expect(judged(drawn(10, rowOf(YES), rowOf(HI, "sent"))).I4.broken).toBeGreaterThan(0);
    const behind: LogEntry = { ...YES, seq: 2 };
    expect(judged(drawn(10, rowOf(LATER, "sent"), rowOf(behind))).I4.broken).toBeGreaterThan(0);
  });

  it("keeps its order where one's own line is drawn before what stands in front of it has come", () => {
    expect(judged(drawn(10, rowOf(HI, "sent"), rowOf(LATER, "sent"))).I4.broken).toBe(0);
  });

  it("is doubled when a line is there twice", () => {
    expect(judged(drawn(10, rowOf(HI, "sent"), rowOf(HI, "sent"))).I2.broken).toBeGreaterThan(0);
  });

  it("may not take a tick back, not even one that was drawn in the last moment of a page", () => {
    const fell = [begun(1_200), drawn(1_300, rowOf(HI, "waiting"))];
    expect(judged(drawn(1_190, rowOf(HI, "sent")), ...fell).I7.broken).toBe(1);
  });

  it("keeps its order where a line waits for the disk in its place", () => {
    expect(judged(drawn(10, rowOf(HI, "waiting"), rowOf(YES))).I4.broken).toBe(0);
    const lost: LogEntry = { ...HI, id: "ada-lost1" };
    expect(judged(drawn(10, rowOf(lost, "waiting"), rowOf(YES))).I4.broken).toBeGreaterThan(0);
  });
});
