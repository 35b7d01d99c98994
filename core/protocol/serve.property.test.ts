import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import type { RefusalCode } from "../domain/refusal";
import { memoryWorld } from "../testing/memory-world";
import { DOWN } from "./down";
import { serveFrame } from "./serve";
import { VERSION } from "./version";

const NASTY = [
  "",
  "__proto__",
  "constructor",
  "\u0000",
  "\ud800",
  "💣",
  "d.x.y",
  "' OR 1=1 --",
  "1e999",
  "../..",
];

/** Frames of the right form with anything in them, and of nearly the right form. */
function framesAbout(conversation: string) {
  const word = fc.oneof(fc.constantFrom(...NASTY, conversation, "ada", "grace", "abcdefgh"), fc.string());
  const seq = fc.oneof(fc.nat(5), fc.maxSafeNat());
  const ref = fc.constant("r");
  const said = <T>(action: string, fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
    fc.record({ action: fc.constant(action), ref, ...fields });
  const entry = fc.record({ kind: fc.constant("message"), id: word, body: fc.record({ text: word }) });
  const rightForm = fc.oneof(
    said("hello", { device: word, version: fc.constantFrom(VERSION, 0, -1) }),
    said("send", {
      conversation: word,
      device: word,
      after: seq,
      entries: fc.array(entry, { maxLength: 3 }),
    }),
    said("sync", { conversation: word, after: seq }),
    said("sync", { conversation: word, before: seq }),
    said("mark", { conversation: word, delivered: seq, read: seq }),
    said("typing", { conversation: word, typing: fc.boolean() }),
    said("watch", { conversation: word }),
    said("inbox", { next: word }),
    said("open", { handle: word }),
    said("profile", { name: word, handle: word }),
    said("profile", { name: word }),
  );
  const changes = fc.dictionary(
    fc.constantFrom("ref", "action", "from", "after", "__proto__", "entries"),
    fc.jsonValue(),
  );
  const nearly = fc.tuple(rightForm, changes).map(([frame, change]) => ({ ...frame, ...change }));
  const text = fc.oneof(rightForm, nearly).map((frame) => JSON.stringify(frame));
  return fc.oneof({ weight: 8, arbitrary: text }, fc.string(), fc.json());
}

describe("a device that says anything at all", () => {
  it("is answered with a frame, trips no bug, and reaches nobody", async () => {
    const world = memoryWorld();
    const [ada, grace, mallory] = [
      await world.seat("ada"),
      await world.seat("grace"),
      await world.seat("mallory"),
    ];
    const conversation = await world.opened(ada, grace);
    const bugs: unknown[] = [];
    const { log, inbox, connections, watches, people, push, clock, random, pace } = world;
    const report = (error: unknown) => void bugs.push(error);
    const ports = { log, inbox, connections, watches, people, push, clock, random, pace, report };
    const heard = new Set<string>();

    await fc.assert(
      fc.asyncProperty(framesAbout(conversation), async (text) => {
        const answer = JSON.parse(JSON.stringify(await serveFrame(ports, mallory, text)));
        const [, schema] = Object.entries(DOWN).find(([type]) => type === answer.type) ?? [];
        expect(schema && v.parse(schema, answer)).toEqual(answer);
        heard.add(answer.code ?? answer.type);
      }),
      // A fixed seed: what is asserted below about how far the frames came must not be left to chance.
      { numRuns: 1_500, seed: 2026 },
    );

    expect(bugs).toEqual([]);
    expect(world.log.entries(conversation)).toEqual([]);
    expect([...push.to(ada.connection), ...push.to(grace.connection)]).toEqual([]);
    // It came as far as the domain, and was let through where it did no harm.
    const reached: RefusalCode[] = [
      "bad-frame",
      "unknown-action",
      "unknown-conversation",
      "unknown-handle",
      "bad-name",
    ];
    expect([...heard]).toEqual(expect.arrayContaining([...reached, "welcome", "profile", "conversations"]));
  });
});
