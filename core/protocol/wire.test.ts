import * as v from "valibot";
import { describe, expect, it } from "vitest";
import {
  FRAME_BYTES,
  INBOX_ROWS,
  NAME_CHARACTERS,
  PREVIEW_CHARACTERS,
  SEND_ENTRIES,
  TEXT_BYTES,
} from "../domain/limits";
import type { Entry, Message } from "../domain/entry";
import { directConversation } from "../domain/conversation";
import { checkEmoji } from "../domain/emoji";
import { isDeviceId, isEntryId, isHandle, seqOf } from "../domain/ids";
import type { Summary } from "../domain/summary";
import { checkText, wireBytesOf } from "../domain/text";
import { utf8Length } from "../domain/utf8-length";
import { messageEntry } from "../testing/entries";
import { RandomIds } from "../testing/random-ids";
import { seededRandom } from "../testing/seeded-random";
import { DOWN } from "./down";
import { fitting } from "./fit";
import { encodeNotice, wireEntry, wireSummary } from "./wire";

const ids = new RandomIds(seededRandom(1));
const [ada, grace] = [ids.user(), ids.user()];
const conversation = directConversation(ada, grace);
const most = seqOf(Number.MAX_SAFE_INTEGER);
const message = (text: string): Message => ({
  ...messageEntry({
    conversation,
    seq: most,
    id: ids.entry(),
    from: ada,
    device: ids.device(),
    text,
    at: most,
  }),
  tally: { [ada]: most, [grace]: most },
});
const handle = "x".repeat(30);
if (!isHandle(handle)) throw new Error("the longest handle is none");

/** A row as long as one can be. */
const summary = (text: string): Summary => ({
  conversation,
  peer: { user: grace, name: "👩".repeat(NAME_CHARACTERS), handle },
  activeAt: most,
  mine: { delivered: most, read: most },
  tallyAtRead: { [ada]: most, [grace]: most },
  theirs: { delivered: most, read: most },
  tail: {
    ...message(text),
    id: "x".repeat(40) as Entry["id"],
    device: "x".repeat(40) as Entry["device"],
    state: { is: "closed", by: [ada, grace] },
  },
});
const bytesOf = (value: unknown) => utf8Length(JSON.stringify(value));

describe("an entry on the wire", () => {
  it("leaves at home what only the server needs", () => {
    const wire = wireEntry({ ...message("hello"), expiresAtSeconds: 5 });

    expect(wire).toMatchObject({ kind: "message", body: { text: "hello" }, from: ada, seq: most });
    expect(Object.keys(wire)).not.toContain("bumpedAt");
    expect(Object.keys(wire)).not.toContain("expiresAtSeconds");
  });

  /** Each takes all the bytes that a text may have; a frame escapes some, and others are longest in UTF-8. */
  const longest: readonly (readonly [string, string])[] = (
    [
      ["letters", "x"],
      ["quotes", '"'],
      ["backslashes", "\\"],
      ["lines", "a\n"],
      ["Chinese", "字"],
      ["flags", "🇫🇷"],
      ["separators of lines", "a\u2028"],
    ] as const
  ).map(([what, unit]) => [what, unit.repeat(Math.floor(TEXT_BYTES / wireBytesOf(unit)))]);

  it.each(longest)("fits a frame with the longest text, ids and reactions there can be: %s", (_, text) => {
    expect(checkText(text)).toEqual({ is: "fine", text });
    const emoji = checkEmoji("👩🏽‍❤️‍💋‍👩🏽");
    const reaction = { seq: most, ...(emoji && { emoji }) };
    const longId = "x".repeat(40);
    if (!isEntryId(longId) || !isDeviceId(longId)) throw new Error("the longest id is not an id");
    const changed: Message = {
      ...message(text),
      ...{ id: longId, device: longId, edited: { seq: most, at: most } },
      ...{ reactions: { [ada]: reaction, [grace]: reaction }, state: { is: "closed", by: [ada, grace] } },
    };
    const [frame, ...more] = encodeNotice({ is: "entries", entries: [changed] });

    expect(bytesOf(frame)).toBeLessThanOrEqual(FRAME_BYTES - 300);
    expect(more).toEqual([]);
  });

  it("shares a frame with those written with it, and takes another where they do not fit one", () => {
    const entries = Array.from({ length: SEND_ENTRIES }, () => message('"'.repeat(TEXT_BYTES / 4)));
    const frames = encodeNotice({ is: "entries", entries });

    expect(encodeNotice({ is: "entries", entries: [message("one"), message("two")] })).toHaveLength(1);
    expect(frames.length).toBeGreaterThan(1);
    expect(frames.flatMap((frame) => (frame.type === "entries" ? frame.entries : []))).toEqual(
      entries.map(wireEntry),
    );
    for (const frame of frames) expect(bytesOf(frame)).toBeLessThanOrEqual(FRAME_BYTES);
  });
});

describe("a row of the list on the wire", () => {
  it("has the whole of a short text and the beginning of a long one", () => {
    expect(wireSummary(summary("hello"))).toMatchObject({ tail: { body: { text: "hello" } } });
    expect(wireSummary(summary("hello"))).not.toHaveProperty("cut");

    const long = wireSummary(summary("abc".repeat(100)));
    expect(long.tail).toMatchObject({ body: { text: "abc".repeat(100).slice(0, PREVIEW_CHARACTERS) } });
    expect(long.cut).toBe(true);
  });

  it("has an edit's new text, and leaves at home what a list does not show", () => {
    const row = summary("");
    const plain = message("hello");
    const changed: Message = { ...plain, edited: { seq: most, at: 5 }, reactions: { [ada]: { seq: most } } };

    const whole = wireSummary({ ...row, tail: plain });
    expect(wireSummary({ ...row, tail: changed })).toEqual({ ...whole, cut: true });
    const edit: Entry = { ...message(""), kind: "edit", target: seqOf(1), body: { text: "é".repeat(300) } };
    expect(wireSummary({ ...row, tail: edit })).toMatchObject({
      tail: { kind: "edit", body: { text: "é".repeat(PREVIEW_CHARACTERS) } },
      cut: true,
    });
  });

  it("cuts no character in two", () => {
    for (const character of ["👋", "👨‍👩‍👧‍👦", "क्षि"]) {
      const { tail } = wireSummary(summary(character.repeat(200)));

      expect(tail?.kind === "message" && tail.body.text.replaceAll(character, "")).toBe("");
    }
  });

  it("is short enough for a full list to fit a frame, at its longest", () => {
    for (const text of ["👋".repeat(200), '"'.repeat(200), "字".repeat(200), '"\u0316'.repeat(200)]) {
      const rows = Array.from({ length: INBOX_ROWS }, () => wireSummary(summary(text)));
      const me = { user: ada, name: "👩".repeat(NAME_CHARACTERS), handle };
      const next = "x".repeat(500);
      const welcome = {
        type: "welcome",
        ref: "x".repeat(40),
        user: ada,
        me,
        now: most,
        conversations: rows,
        next,
      };

      expect(v.parse(DOWN.welcome, welcome)).toEqual(welcome);
      expect(bytesOf(welcome)).toBeLessThanOrEqual(FRAME_BYTES);
    }
  });
});

describe("a notice", () => {
  it.each([
    { is: "entries", entries: [message("x")] },
    { is: "marks", conversation, user: ada, marks: { delivered: seqOf(4), read: seqOf(2) } },
    { is: "typing", conversation, user: ada, typing: true },
    { is: "presence", user: ada, presence: { is: "offline", lastSeenAt: 5 } },
  ] as const)("becomes a frame that devices know: $is", (notice) => {
    const [frame] = encodeNotice(notice);

    expect(frame?.type).toBe(notice.is);
    expect(v.parse(DOWN[notice.is], JSON.parse(JSON.stringify(frame)))).toEqual(frame);
  });
});

describe("packing", () => {
  const text = (bytes: number) => "x".repeat(bytes - 2);

  it("takes what fits, and at least one", () => {
    expect(fitting([])).toBe(0);
    expect(fitting([text(100), text(100)])).toBe(2);
    expect(fitting([text(20_000), text(10_000), text(10)])).toBe(1);
    expect(fitting([text(FRAME_BYTES), text(10)])).toBe(1);
  });

  it("leaves room for the frame around it", () => {
    const envelope = {
      type: "page",
      ref: "x".repeat(40),
      conversation,
      entries: [],
      tail: most,
      floor: most,
    };

    const items = Array.from({ length: 100 }, () => message('"'.repeat(500)));
    const page = { ...envelope, entries: items.slice(0, fitting(items)) };

    expect(bytesOf(page)).toBeLessThanOrEqual(FRAME_BYTES);
    expect(bytesOf({ ...page, entries: items.slice(0, fitting(items) + 1) })).toBeGreaterThan(
      FRAME_BYTES - 300,
    );
  });
});
