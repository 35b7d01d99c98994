import { beforeEach, describe, expect, it } from "vitest";
import { FakeClock } from "../testing/fake-clock";
import { createTellings, WORD_MS, type Tellings } from "./tellings";
import type { Told } from "./told.types";

const refused = (ref?: string): Told => ({ type: "refused", code: "bad-frame", ...(ref && { ref }) });
const ok = (ref: string, more: { readonly unreached?: true } = {}): Told => ({ type: "ok", ref, ...more });

let clock: FakeClock;
let tellings: Tellings;
let heard: string[];

beforeEach(() => {
  clock = new FakeClock();
  tellings = createTellings(clock);
  heard = [];
  for (const ref of ["1", "2"])
    tellings.add(ref, (word) => heard.push(`${ref} ${word.is === "refused" ? word.code : word.is}`));
});

describe("what was told on a socket", () => {
  it("hears what comes back under its ref, once", () => {
    expect(tellings.hear(refused("1"))).toBe(true);
    expect(tellings.hear(refused("1"))).toBe(false);
    expect(tellings.hear(ok("2", { unreached: true }))).toBe(true);

    expect(heard).toEqual(["1 bad-frame", "2 unreached"]);
  });

  it("hears nothing of what is about something else, or about nothing", () => {
    const others: Told[] = [refused("3"), refused(), { type: "pong" }];
    expect(others.map((told) => tellings.hear(told))).toEqual([false, false, false]);
    expect(heard).toEqual([]);
  });

  it("takes a bare ok for nothing new", () => {
    expect(tellings.hear(ok("1"))).toBe(true);
    expect(heard).toEqual([]);
  });

  it("is forgotten when no word can come any more", () => {
    clock.advance(WORD_MS + 1);

    expect(tellings.hear(refused("1"))).toBe(false);
    expect(tellings.doubt()).toBe("none");
    expect(heard).toEqual([]);
  });

  it("has all of it failed, as far as anybody knows, when something has", () => {
    expect(tellings.doubt()).toBe("doubted");
    expect(tellings.doubt()).toBe("none");
    expect(heard).toEqual(["1 try-again", "2 try-again"]);
  });
});
