import { describe, expect, it } from "vitest";
import { FRAME_BYTES } from "../domain/limits";
import { readUp } from "./read-up";

const bad = { is: "refused", code: "bad-frame" };
const ping = { action: "ping" };
const mark = { action: "mark", ref: "7", conversation: "d.a.b", delivered: 3 };
/** Who tells is refused as well, but not by an answer. */
const badMark = { ...bad, ref: "7", isTold: true };
const read = (value: unknown) => readUp(JSON.stringify(value));

describe("a frame from a device", () => {
  it.each([
    "",
    " ",
    "hello",
    "{",
    '{"action":"ping"',
    "null",
    "true",
    "42",
    '"ping"',
    "[]",
    '[{"action":"ping"}]',
    "NaN",
    "{'action':'ping'}",
    "\u0000",
    '{"action":"ping"}{"action":"ping"}',
  ])("that is not a JSON object is bad: %j", (text) => expect(readUp(text)).toEqual(bad));

  it("is refused with its ref where it has a usable one", () => {
    expect(read({ ref: "7" })).toEqual({ ...bad, ref: "7" });
    expect(read({ action: "send", ref: "7" })).toEqual({ ...bad, ref: "7" });
    expect(read({ action: "mark", ref: "7" })).toEqual(badMark);
    for (const ref of [7, "", "x".repeat(41), null, {}, ["7"]]) {
      expect(read({ action: "send", ref })).toEqual(bad);
      expect(read({ action: "mark", ref })).toEqual({ ...bad, isTold: true });
    }
  });

  it.each(["nope", "", "HELLO", "$default", "constructor", "toString", "__proto__", "hasOwnProperty"])(
    "of the action %j is refused as unknown",
    (action) =>
      expect(read({ action, ref: "7" })).toEqual({ is: "refused", code: "unknown-action", ref: "7" }),
  );

  it.each([null, 7, {}, ["ping"], true])("whose action is %j is bad", (action) => {
    expect(read({ action, ref: "7" })).toEqual({ ...bad, ref: "7" });
  });

  it.each(["extra", "from", "user", "constructor", "toString", "type"])(
    "with the unknown field %s is bad",
    (field) => {
      expect(read({ ...mark, [field]: "x" })).toEqual(badMark);
    },
  );

  it("with an unknown field inside is bad", () => {
    const entry = { kind: "message", id: "abcdefgh", body: { text: "x" } };
    const send = {
      action: "send",
      ref: "7",
      conversation: "d.a.b",
      device: "abcdefgh",
      after: 0,
      entries: [entry],
    };

    expect(read(send)).toMatchObject({ is: "frame" });
    expect(read({ ...send, entries: [{ ...entry, seq: 4 }] })).toEqual({ ...bad, ref: "7" });
    expect(read({ ...send, entries: [{ ...entry, body: { text: "x", html: "y" } }] })).toEqual({
      ...bad,
      ref: "7",
    });
    expect(read({ ...send, entries: [] })).toEqual({ ...bad, ref: "7" });
    expect(read({ ...send, entries: Array.from({ length: 21 }, () => entry) })).toEqual({ ...bad, ref: "7" });
    expect(read({ ...send, entries: { length: 1, 0: entry } })).toEqual({ ...bad, ref: "7" });
    expect(read({ ...send, entries: [{ ...entry, kind: "closed" }] })).toEqual({ ...bad, ref: "7" });
  });

  it("leaves no trace on any prototype", () => {
    const poisoned =
      '{"action":"ping","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}';

    expect(readUp(poisoned)).toEqual(bad);
    expect(readUp('{"__proto__":{"action":"ping","ref":"7"}}')).toEqual(bad);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  it("counts by the last of two fields of one name, like every JSON", () => {
    expect(readUp('{"action":"nope","action":"ping"}')).toEqual({ is: "frame", frame: ping });
  });

  it("may be as deep as it likes and is bad", () => {
    for (const depth of [100, 13_000]) {
      const nested = `${"[".repeat(depth)}${"]".repeat(depth)}`;
      expect(readUp(nested)).toEqual(bad);
      expect(readUp(`{"action":"mark","ref":"7","conversation":${nested}}`)).toEqual(badMark);
    }
  });

  it.each(["1e999", "-1", "0.5", "9007199254740993", "1e300", "-0.1", '"3"', "null", "true", "[3]"])(
    "with the seq %s is bad",
    (seq) => {
      const text = `{"action":"mark","ref":"7","conversation":"d.a.b","delivered":${seq}}`;
      expect(readUp(text)).toEqual(badMark);
    },
  );

  it("that asks for a page after and before is bad, and so is one that asks for neither", () => {
    const sync = { action: "sync", ref: "7", conversation: "d.a.b" };

    expect(read({ ...sync, after: 0 })).toMatchObject({ is: "frame" });
    expect(read({ ...sync, before: 9 })).toMatchObject({ is: "frame" });
    expect(read({ ...sync, after: 0, before: 9 })).toEqual({ ...bad, ref: "7" });
    expect(read(sync)).toEqual({ ...bad, ref: "7" });
    expect(read({ ...sync, after: 0, marks: true })).toMatchObject({ is: "frame" });
    expect(read({ ...sync, after: 0, marks: false })).toEqual({ ...bad, ref: "7" });
    expect(read({ ...sync, before: 9, marks: true })).toEqual({ ...bad, ref: "7" });
  });

  it("is bad one byte above the limit", () => {
    const frame = (bytes: number) => '{"action":"ping"}'.padEnd(bytes);

    expect(readUp(frame(FRAME_BYTES))).toEqual({ is: "frame", frame: ping });
    expect(readUp(frame(FRAME_BYTES + 1))).toEqual(bad);
  });

  it.each([
    ["mark", true],
    ["typing", true],
    ["send", undefined],
  ])("that is too long is known for what it is by its action: %s", (action, told) => {
    const text = JSON.stringify({ action, ref: "7", fill: "x".repeat(FRAME_BYTES) });
    expect(readUp(text)).toEqual({ ...bad, ref: "7", ...(told && { isTold: told }) });
  });

  it("is measured in bytes, not in characters", () => {
    const frame = (letters: number) => {
      const entries = [{ kind: "message", id: "abcdefgh", body: { text: "€".repeat(letters) } }];
      return { action: "send", ref: "7", conversation: "d.a.b", device: "abcdefgh", after: 0, entries };
    };

    expect(read(frame(9_000))).toMatchObject({ is: "frame" });
    expect(read(frame(9_400))).toEqual({ ...bad, ref: "7" });
  });
});
