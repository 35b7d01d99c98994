import { describe, expect, it } from "vitest";
import type { EntryView, LastView } from "../../core/client/views";
import { isEntryId, isUserId, NO_SEQ, seqOf } from "../../core/domain/ids";
import { announcementOf, changeOf, newestOfOther } from "./announcement";

describe("what a screen reader is told of what comes in", () => {
  it("is the one new message, with who wrote it", () => {
    expect(announcementOf([theirs(1, "old"), theirs(2, "hello")], seqOf(1), "Grace")).toBe("Grace: hello");
  });

  it("is how many there are when several come at once", () => {
    expect(announcementOf([theirs(2, "a"), mine(3), theirs(4, "b")], seqOf(1), "Grace")).toBe(
      "2 new messages from Grace",
    );
  });

  it("is nothing of one's own, and a long one is cut", () => {
    expect(announcementOf([mine(2)], NO_SEQ, "Grace")).toBe("");
    expect(announcementOf([theirs(2, "x".repeat(5_000))], NO_SEQ, "Grace").length).toBeLessThan(300);
  });

  it("goes by the newest message of the other", () => {
    expect(newestOfOther([theirs(2, "a"), mine(3)])).toBe(2);
    expect(newestOfOther([mine(1)])).toBe(0);
  });
});

describe("what a screen reader is told of what is done to messages", () => {
  const done = (more: object) => ({ ...theirs(9, ""), ...more }) as LastView;

  it("is who did what", () => {
    expect(changeOf(done({ kind: "reaction", emoji: "👍" }), "Grace")).toBe("Grace reacted with 👍");
    expect(changeOf(done({ kind: "edit", text: "at nine" }), "Grace")).toBe(
      "Grace edited a message: at nine",
    );
    expect(changeOf(done({ kind: "deleted" }), "Grace")).toBe("Grace deleted a message");
  });

  it("is nothing of one's own, of a reaction taken back, of a message or of an empty conversation", () => {
    expect(changeOf(done({ kind: "deleted", mine: true }), "Grace")).toBeUndefined();
    expect(changeOf(done({ kind: "reaction" }), "Grace")).toBeUndefined();
    expect(changeOf(theirs(1, "hello"), "Grace")).toBeUndefined();
    expect(changeOf(undefined, "Grace")).toBeUndefined();
  });
});

const theirs = (seq: number, text: string) => message(seq, false, text);
const mine = (seq: number) => message(seq, true, "mine");

function message(seq: number, isMine: boolean, text: string): EntryView {
  const id = `entry-${String(seq).padStart(6, "0")}`;
  const from = `00000000-0000-4000-8000-00000000000${isMine ? "a" : "b"}`;
  if (!isEntryId(id) || !isUserId(from)) throw new RangeError("unable to make a message; its ids are wrong");
  return { kind: "message", id, seq: seqOf(seq), from, mine: isMine, text, at: 1_000 };
}
