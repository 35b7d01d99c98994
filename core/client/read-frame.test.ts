import { describe, expect, it } from "vitest";
import { entry, TALK } from "./plays/logbook";
import { readFrame } from "./read-frame";

const read = (frame: unknown) => readFrame(JSON.stringify(frame));

describe("a frame from the server", () => {
  it("is read when it is one", () => {
    expect(read({ type: "entries", entries: [entry(1)] })).toEqual({ type: "entries", entries: [entry(1)] });
    expect(read({ type: "pong" })).toEqual({ type: "pong" });
  });

  it("is told apart from one that a newer server may send", () => {
    expect(read({ type: "hologram" })).toBe("unknown");
    expect(read({ type: "constructor" })).toBe("unknown");
  });

  it("is broken when it is no frame", () => {
    for (const text of ["", "not json", "null", "[]", "7", '"text"', '{"message":"Internal server error"}'])
      expect(readFrame(text)).toBe("broken");
  });

  it("is broken when a name in it is none", () => {
    expect(read({ type: "entries", entries: [entry(1), { ...entry(2), from: "somebody" }] })).toBe("broken");
    expect(read({ type: "entries", entries: [{ ...entry(1), conversation: "d.a.b" }] })).toBe("broken");
    expect(read({ type: "page", ref: "1", conversation: TALK, entries: [], tail: -1, floor: 0 })).toBe(
      "broken",
    );
  });
});
