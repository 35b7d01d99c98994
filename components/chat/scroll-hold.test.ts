import { describe, expect, it } from "vitest";
import { holdAfterScroll, type Measures } from "./scroll-hold";

const list = (offsetPx: number, sizePx = 10_000): Measures => ({ offsetPx, sizePx, windowPx: 600 });
const nobody = { up: false, any: false };
const upwards = { up: true, any: true };
const downwards = { up: false, any: true };
const end = list(9_400);

describe("a list that holds on to its end", () => {
  it("keeps holding when rows come faster than they are measured", () => {
    const scrolled = { before: end, now: list(9_400, 63_000), byPerson: nobody };

    expect(holdAfterScroll("end", scrolled)).toBe("end");
  });

  it("lets go when a person scrolls up, and not when a person scrolls down beside new rows", () => {
    const now = list(9_300, 10_400);

    expect(holdAfterScroll("end", { before: end, now, byPerson: upwards })).toBe("free");
    expect(holdAfterScroll("end", { before: end, now, byPerson: downwards })).toBe("end");
  });

  it("does not let go for a few pixels", () => {
    expect(holdAfterScroll("end", { before: end, now: list(9_380), byPerson: upwards })).toBe("end");
  });

  it("lets go when it is scrolled up without input, as the browser's search does", () => {
    expect(holdAfterScroll("end", { before: end, now: list(4_000), byPerson: nobody })).toBe("free");
  });
});

describe("a list that a person has scrolled", () => {
  it("stays where it is, and holds on to the end when it is there again", () => {
    const before = list(4_000);

    expect(holdAfterScroll("free", { before, now: list(4_000, 60_000), byPerson: nobody })).toBe("free");
    expect(holdAfterScroll("free", { before, now: end, byPerson: downwards })).toBe("end");
  });
});

describe("a list that holds on to the line above the first unread", () => {
  it("does so until a person scrolls", () => {
    const before = list(4_000);

    expect(holdAfterScroll("line", { before, now: end, byPerson: nobody })).toBe("line");
    expect(holdAfterScroll("line", { before, now: list(3_000), byPerson: downwards })).toBe("free");
    expect(holdAfterScroll("line", { before, now: end, byPerson: downwards })).toBe("end");
  });
});
