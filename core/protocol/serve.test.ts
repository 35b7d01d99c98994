import * as v from "valibot";
import { beforeEach, describe, expect, it } from "vitest";
import type { Caller } from "../domain/caller";
import type { ConversationId } from "../domain/ids";
import { FRAME_BYTES, TEXT_BYTES } from "../domain/limits";
import { wireBytesOf } from "../domain/text";
import { utf8Length } from "../domain/utf8-length";
import { memoryWorld, type MemoryWorld, type Seat } from "../testing/memory-world";
import { DOWN, type Down, type DownFrame } from "./down";
import { serveFrame, type ServePorts } from "./serve";
import { VERSION } from "./version";
import { encodeNotice } from "./wire";

let world: MemoryWorld;
let ports: ServePorts;
let ada: Seat;
let grace: Seat;
let conversation: ConversationId;
let reported: unknown[];

/** Answers are looked at as a device gets them, and each must be a frame that devices know. */
async function ask(caller: Caller, frame: unknown): Promise<DownFrame> {
  const text = JSON.stringify(await serveFrame(ports, caller, JSON.stringify(frame)));
  expect(utf8Length(text)).toBeLessThanOrEqual(FRAME_BYTES);
  const answer = JSON.parse(text) as DownFrame;
  expect(v.parse(DOWN[answer.type], answer)).toEqual(answer);
  return answer;
}

const entry = (text: string) => ({ kind: "message", id: world.ids.entry(), body: { text } });
const send = (seat: Seat, texts: readonly string[], after = 0) =>
  ask(seat, {
    action: "send",
    ref: "s",
    conversation,
    device: seat.device,
    after,
    entries: texts.map(entry),
  });
const pageOf = async (frame: object) =>
  (await ask(ada, { ref: "p", action: "sync", conversation, ...frame })) as Down<"page">;

beforeEach(async () => {
  world = memoryWorld();
  reported = [];
  const { log, inbox, connections, watches, people, push, clock, random, pace } = world;
  const report = (error: unknown) => void reported.push(error);
  ports = { log, inbox, connections, watches, people, push, clock, random, pace, report };
  ada = await world.seat("ada");
  grace = await world.seat("grace");
  conversation = await world.opened(ada, grace);
});

describe("serving", () => {
  it("answers each action with its frame, under its ref", async () => {
    const hello = { action: "hello", ref: "1", device: ada.device, version: VERSION };
    expect(await ask(ada, hello)).toMatchObject({
      type: "welcome",
      ref: "1",
      user: ada.user,
      me: ada.person,
    });
    expect(await ask(ada, { action: "open", ref: "2", handle: "grace" })).toMatchObject({
      type: "conversations",
      ref: "2",
      rows: [{ conversation, peer: grace.person }],
    });
    expect(await send(ada, ["one", "two"])).toMatchObject({
      type: "ok",
      ref: "s",
      appended: [{ seq: 1 }, { seq: 2 }],
    });
    expect(await pageOf({ after: 0 })).toMatchObject({
      type: "page",
      ref: "p",
      entries: [{ seq: 1 }, { seq: 2 }],
      tail: 2,
    });
    expect(await ask(ada, { action: "watch", ref: "5", conversation })).toEqual({
      type: "presence",
      ref: "5",
      user: grace.user,
      presence: { is: "online" },
    });
    expect(await ask(ada, { action: "inbox", ref: "6" })).toMatchObject({
      type: "conversations",
      rows: [{ tail: { seq: 2 } }],
    });
    const profile = { action: "profile", ref: "7", name: "Ada King" };
    expect(await ask(ada, profile)).toEqual({
      type: "profile",
      ref: "7",
      me: { ...ada.person, name: "Ada King" },
    });
    expect(await ask(ada, { action: "ping" })).toEqual({ type: "pong" });
    expect(reported).toEqual([]);
  });

  it("refuses a version that it does not speak, and does not let that device in", async () => {
    const socket = { ...ada, connection: world.ids.connection() };
    const hello = { action: "hello", ref: "1", device: ada.device };

    for (const version of [VERSION + 1, 0, -1, 1.5]) {
      expect(await ask(socket, { ...hello, version })).toEqual({
        type: "refused",
        ref: "1",
        code: "version",
      });
    }
    expect(await world.connections.readyOf(ada.user, world.clock.now())).toHaveLength(1);
  });

  it("refuses what the domain refuses, with its code and its delay", async () => {
    expect(await send(ada, [" "])).toEqual({ type: "refused", ref: "s", code: "empty" });
    expect(await ask(ada, { action: "open", ref: "1", handle: "nobody" })).toEqual({
      type: "refused",
      ref: "1",
      code: "unknown-handle",
    });
    for (const after of [0, 20, 40])
      await send(
        ada,
        Array.from({ length: 20 }, () => "x"),
        after,
      );
    expect(await send(ada, ["x"], 60)).toEqual({
      type: "refused",
      ref: "s",
      code: "slow-down",
      delayMs: 10_000,
    });
  });

  it("says what went in before the entry that was refused", async () => {
    for (const after of [0, 20])
      await send(
        ada,
        Array.from({ length: 20 }, () => "x"),
        after,
      );
    await send(
      ada,
      Array.from({ length: 19 }, () => "x"),
      40,
    );

    expect(await send(ada, ["in", "out"], 59)).toMatchObject({
      type: "refused",
      code: "slow-down",
      appended: [{ seq: 60, tally: { [ada.user]: 60 } }],
    });
  });

  it("answers alike for a conversation that is another's and one that is not there", async () => {
    const mallory = await world.seat("mallory");
    await send(ada, ["secret"]);
    const absent = `d.${[mallory.user, world.ids.user()].sort().join(".")}`;

    for (const frame of [
      { action: "sync", after: 0 },
      { action: "sync", before: 9 },
      { action: "mark", delivered: 1 },
      { action: "typing", typing: true },
      { action: "watch" },
      { action: "send", device: mallory.device, after: 0, entries: [entry("x")] },
    ]) {
      const answers = [conversation, absent, "nonsense"].map((name) =>
        ask(mallory, { ...frame, ref: "1", conversation: name }),
      );
      for (const answer of await Promise.all(answers)) {
        expect(answer).toEqual({ type: "refused", ref: "1", code: "unknown-conversation" });
      }
    }
    expect(world.log.entries(conversation)).toHaveLength(1);
  });

  it("repeats nothing of a frame that it refuses, but its ref", async () => {
    const answer = await serveFrame(ports, ada, '{"action":"<script>","ref":"1","secret":"hunter2"}');

    expect(answer).toEqual({ type: "refused", ref: "1", code: "unknown-action" });
  });

  it("reports a bug of ours and asks to try again", async () => {
    const bug = new Error("the table is on fire");
    const log = Object.create(world.log, { tail: { value: () => Promise.reject(bug) } });
    ports = { ...ports, log };

    const answer = await ask(ada, { action: "typing", ref: "1", conversation, typing: true });

    expect(answer).toEqual({ type: "refused", ref: "1", code: "try-again" });
    expect(reported).toEqual([bug]);
  });
});

describe("what is told and not asked", () => {
  const mark = () => ({ action: "mark", ref: "1", conversation, delivered: 1, read: 1 });
  const typing = () => ({ action: "typing", ref: "2", conversation, typing: true });
  /** What was said to this socket, as it gets it. */
  const heard = (seat: Seat) => world.push.to(seat.connection).flatMap(encodeNotice);

  beforeEach(async () => {
    await send(ada, ["hello"]);
    world.push.forget();
  });

  it("is done without a word", async () => {
    for (const frame of [mark(), mark(), typing()])
      expect(await ask(grace, frame)).toEqual({ type: "ok", ref: frame.ref });

    expect(heard(grace)).toEqual([]);
    expect(heard(ada)).toMatchObject([{ type: "marks" }, { type: "typing" }]);
  });

  it("is said to be refused where it is, under its ref, and to nobody else", async () => {
    const elsewhere = { ...mark(), conversation: "d.a.b" };
    for (const frame of [elsewhere, { ...typing(), more: 1 }, { action: "mark" }]) await ask(grace, frame);

    expect(heard(grace)).toEqual([
      { type: "refused", ref: "1", code: "unknown-conversation" },
      { type: "refused", ref: "2", code: "bad-frame" },
      { type: "refused", code: "bad-frame" },
    ]);
    expect(heard(ada)).toEqual([]);
  });

  it("is said to have failed where nobody knows whether it was done", async () => {
    const inbox = Object.create(world.inbox, {
      raise: { value: () => Promise.reject(new Error("the table is on fire")) },
    });
    ports = { ...ports, inbox };

    await ask(grace, mark());

    expect(heard(grace)).toEqual([{ type: "refused", ref: "1", code: "try-again" }]);
    expect(reported).toHaveLength(1);
  });

  it("is answered all the same where the speaker's socket has no row: it asks for one", async () => {
    await world.connections.drop(grace.user, grace.connection);

    await ask(grace, mark());

    expect(heard(grace)).toEqual([{ type: "ok", ref: "1", unreached: true }]);
  });

  it("is lost on a socket that has ended", async () => {
    world.push.close(grace.connection);

    expect(await ask(grace, { ...mark(), delivered: -1 })).toMatchObject({ type: "refused" });
    expect(reported).toEqual([]);
  });

  it("is nothing that was asked: no answer is pushed", async () => {
    await ask(grace, { action: "sync", ref: "1", conversation: "d.a.b", after: 0 });
    await ask(grace, { action: "shout", ref: "2" });

    expect(heard(grace)).toEqual([]);
  });
});

describe("a page", () => {
  const long = "字".repeat(2_500);

  it("takes as many of the next entries as fit a frame", async () => {
    for (const after of [0, 2, 4]) await send(ada, [long, long], after);

    const first = await pageOf({ after: 0 });
    const second = await pageOf({ after: first.entries.at(-1)?.seq });

    expect(first.entries.map((one) => one.seq)).toEqual([1, 2, 3]);
    expect(second.entries.map((one) => one.seq)).toEqual([4, 5, 6]);
    expect(second.tail).toBe(6);
  });

  it("takes those nearest below, and says that it has not come to the beginning", async () => {
    for (const after of [0, 2, 4]) await send(ada, [long, long], after);

    const first = await pageOf({ before: 7 });
    const second = await pageOf({ before: first.entries[0]?.seq });

    expect(first.entries.map((one) => one.seq)).toEqual([4, 5, 6]);
    expect(second.entries.map((one) => one.seq)).toEqual([1, 2, 3]);
  });

  it("says how one's own watermarks stand, if that was asked", async () => {
    await send(ada, ["one", "two"]);
    await ask(ada, { action: "mark", ref: "m", conversation, delivered: 2, read: 1 });

    expect(await pageOf({ after: 2 })).not.toHaveProperty("mine");
    expect(await pageOf({ after: 2, marks: true })).toMatchObject({
      entries: [],
      mine: { delivered: 2, read: 1 },
    });
  });

  it("holds one entry at the least, at its longest", async () => {
    await send(ada, ['"'.repeat(8_000)]);
    await send(ada, ['"'.repeat(8_000)], 1);

    expect((await pageOf({ after: 0 })).entries.map((one) => one.seq)).toEqual([1]);
  });
});

describe("the longest text", () => {
  it.each([
    ["letters", "x"],
    ["quotes", '"'],
    ["lines", "a\n"],
    ["flags", "🇫🇷"],
  ])("of %s goes up and comes down, in pages, pushes and histories", async (_, unit) => {
    const text = unit.repeat(Math.floor(TEXT_BYTES / wireBytesOf(unit)));
    for (const after of [0, 1]) expect(await send(ada, [text], after)).toMatchObject({ type: "ok" });
    const edit = { kind: "edit", id: world.ids.entry(), target: 1, body: { text } };
    const edited = { action: "send", ref: "e", conversation, device: ada.device, after: 2, entries: [edit] };
    expect(await ask(ada, edited)).toMatchObject({ type: "ok" });

    expect(await pageOf({ after: 0 })).toMatchObject({ entries: [{ seq: 1, body: { text } }], tail: 3 });
    expect(await pageOf({ before: 3 })).toMatchObject({ entries: [{ seq: 2, body: { text } }] });
    const history = { action: "history", ref: "h", conversation, seq: 1 };
    expect(await ask(ada, history)).toMatchObject({ versions: [{ seq: 3, text }], more: true });
    expect(await ask(ada, { ...history, below: 3 })).toMatchObject({ versions: [{ seq: 1, text }] });
    const pushed = world.push.to(grace.connection).flatMap(encodeNotice);
    expect(pushed).toHaveLength(3);
    for (const frame of pushed) expect(utf8Length(JSON.stringify(frame))).toBeLessThanOrEqual(FRAME_BYTES);
  });

  it("of a device of yesterday, which counted 8,000 bytes, is taken and shown as it was", async () => {
    const text = "x".repeat(8_000);

    expect(await send(ada, [text])).toMatchObject({ type: "ok" });
    expect(await pageOf({ after: 0 })).toMatchObject({ entries: [{ body: { text } }] });
  });
});
