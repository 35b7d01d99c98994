import { describe, expect, it } from "vitest";
import { serveFrame } from "../../core/protocol/serve";
import { readUp } from "../../core/protocol/read-up";
import { memoryWorld } from "../../core/testing/memory-world";
import { expectedOf } from "./expected-answer";
import { hostileFrame, MOST_FRAME_BYTES, type Known } from "./hostile-frame";

const known: Known = {
  conversation: ["d.a.b"],
  entry: ["own-entry"],
  device: ["own-device"],
  handle: ["ada"],
  cursor: ["e30"],
};
const texts = (count: number, seed = 1, names = known) =>
  Array.from({ length: count }, (_, number) =>
    Buffer.concat(hostileFrame(seed, number, names).parts).toString(),
  );

describe("hostile frames", () => {
  it("are the same for the same seed and number, and others for another seed", () => {
    expect(texts(300)).toEqual(texts(300));
    expect(texts(300, 2)).not.toEqual(texts(300));
    expect(hostileFrame(1, 4_711, known)).toEqual(hostileFrame(1, 4_711, known));
  });

  it("are of every kind, and each piece of one fits a frame of the gateway", () => {
    const frames = Array.from({ length: 5_000 }, (_, number) => hostileFrame(1, number, known));
    const abouts = new Set(frames.map(({ about }) => about.replace(", in pieces", "")));
    expect(abouts.size).toBe(11);
    expect(frames.some(({ parts }) => parts.length > 3)).toBe(true);
    expect(Math.max(...frames.flatMap(({ parts }) => parts.map(({ length }) => length)))).toBe(
      MOST_FRAME_BYTES,
    );
  });

  it.each([
    ["a key twice", /"ref":.*"ref":/],
    ["__proto__", /"__proto__":/],
    ["half a character, escaped", /\\ud[89a-f]/],
    ["a number that none can hold", /1e400/],
    ["minus nothing", /:-0[,}]/],
    ["more than 2^53", /9007199254740993/],
    ["a thousand brackets", /\[{1000}/],
    ["what came in as half a character", /\ufffd/],
  ])("say %s", (_what, pattern) => {
    expect(texts(5_000).some((text) => pattern.test(text))).toBe(true);
  });

  it("are refused by the product's own reading under the ref that is told from the bytes alone", () => {
    for (const text of texts(5_000)) {
      const read = readUp(text);
      if (read.is === "frame") continue;
      const expected = expectedOf(text);
      expect(read.ref).toBe(expected.is === "bare" ? undefined : expected.ref);
    }
  });

  it("trip no bug in memory and change nothing between two others", async () => {
    const world = memoryWorld();
    const [ada, grace, mallory] = [
      await world.seat("ada"),
      await world.seat("grace"),
      await world.seat("mallory"),
    ];
    const theirs = await world.opened(ada, grace);
    const own = await world.opened(mallory, await world.seat("peggy"));
    const bugs: unknown[] = [];
    const { log, inbox, connections, watches, people, push, clock, random, pace } = world;
    const report = (error: unknown) => void bugs.push(error);
    const ports = { log, inbox, connections, watches, people, push, clock, random, pace, report };
    const names = {
      ...known,
      conversation: [own, theirs],
      handle: ["peggy"],
      device: [mallory.device, ada.device],
    };

    for (const text of texts(5_000, 3, names)) {
      await serveFrame(ports, mallory, text);
      clock.advance(1_000);
    }

    expect(bugs).toEqual([]);
    expect(log.entries(theirs)).toEqual([]);
    expect(log.entries(own)).not.toEqual([]);
    expect([...push.to(ada.connection), ...push.to(grace.connection)]).toEqual([]);
  });
});
