import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Caller } from "../../../core/domain/caller";
import { directConversation } from "../../../core/domain/conversation";
import { VERSION } from "../../../core/protocol/version";
import { RandomIds } from "../../../core/testing/random-ids";
import { missing } from "../../../tests/fixtures/engine";
import { startStand, type Stand } from "../../../tests/fixtures/engine-stand";

const ids = new RandomIds(Math.random);
const engineName = missing("dynoxide") === undefined ? "dynoxide" : "dynamodb-local";

describe.skipIf(missing(engineName) !== undefined)(`the handlers (on ${engineName})`, () => {
  let stand: Stand;
  const device = ids.device();
  const printed: string[] = [];

  beforeAll(async () => {
    stand = await startStand(engineName);
    vi.spyOn(process.stdout, "write").mockImplementation((line) => printed.push(String(line)) > 0);
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await stand?.stop();
  });

  const hello = (caller: Caller) =>
    stand.say(caller, { action: "hello", ref: "h", device, version: VERSION });

  /** Connected, greeted, with a profile. */
  async function person(name: string): Promise<Caller & { readonly handle: string }> {
    const caller = await stand.connect();
    await hello(caller);
    const answer = await stand.say(caller, { action: "profile", ref: "p", name });
    return { ...caller, handle: (answer["me"] as { handle: string }).handle };
  }

  const message = (text: string) => ({ kind: "message", id: ids.entry(), body: { text } });

  it("carry a message from one person to the other", async () => {
    const [ada, grace] = [await person("Ada"), await person("Grace")];
    const conversation = directConversation(ada.user, grace.user);
    const first = message("hello");

    const opened = await stand.say(ada, { action: "open", ref: "o", handle: grace.handle });
    const sent = await stand.say(ada, {
      action: "send",
      ref: "s",
      conversation,
      device,
      after: 0,
      entries: [first],
    });

    expect(opened).toMatchObject({
      type: "conversations",
      rows: [{ conversation, peer: { name: "Grace" } }],
    });
    expect(sent).toMatchObject({ type: "ok", ref: "s", appended: [{ id: first.id, seq: 1 }] });
    expect(stand.pushed(grace)).toMatchObject([
      { type: "entries", entries: [{ seq: 1, body: { text: "hello" } }] },
    ]);
    expect(stand.pushed(ada)).toEqual([]);
    expect(await stand.say(grace, { action: "sync", ref: "y", conversation, after: 0 })).toMatchObject({
      type: "page",
      entries: [{ id: first.id }],
      tail: 1,
    });
  });

  it("tell who watches that a person went, and when they were last there", async () => {
    const [ada, grace] = [await person("Ada"), await person("Grace")];
    const conversation = directConversation(ada.user, grace.user);
    await stand.say(ada, { action: "open", ref: "o", handle: grace.handle });

    const watched = await stand.say(ada, { action: "watch", ref: "w", conversation });
    await stand.leave(grace);

    expect(watched).toMatchObject({ type: "presence", user: grace.user, presence: { is: "online" } });
    expect(stand.pushed(ada)).toMatchObject([
      { type: "presence", user: grace.user, presence: { is: "offline", lastSeenAt: expect.any(Number) } },
    ]);
  });

  it("refuse the handshake of whoever does not speak our protocol", async () => {
    expect(await stand.connect("jwt.a.b.c")).toMatchObject({ statusCode: 400 });
    expect(await stand.connect()).toMatchObject({ statusCode: 200 });
  });

  it("answer whatever comes, and tell nobody else", async () => {
    const [ada, grace] = [await person("Ada"), await person("Grace")];
    for (const [frame, code] of [
      ["", "bad-frame"],
      ["not JSON", "bad-frame"],
      ["[]", "bad-frame"],
      ['{"action":"shout","ref":"x"}', "unknown-action"],
      [{ action: "sync", ref: "x", conversation: "d.a.b", after: 0 }, "unknown-conversation"],
    ] as const)
      expect(await stand.say(ada, frame)).toMatchObject({ type: "refused", code });

    expect(stand.pushed(grace)).toEqual([]);
  });

  it("say of what is told only that it was refused", async () => {
    const [ada, grace] = [await person("Ada"), await person("Grace")];
    const conversation = directConversation(ada.user, grace.user);
    await stand.say(ada, { action: "open", ref: "o", handle: grace.handle });
    const typing = { action: "typing", ref: "t", conversation, typing: true };
    const entries = [message("hello")];
    await stand.say(ada, { action: "send", ref: "s", conversation, device, after: 0, entries });
    stand.pushed(grace);

    await stand.say(grace, { action: "mark", ref: "m", conversation, delivered: 1 });
    await stand.say(ada, typing);
    await stand.say(ada, { ...typing, conversation: "d.a.b" });

    expect(stand.pushed(grace)).toMatchObject([{ type: "typing", user: ada.user }]);
    expect(stand.pushed(ada)).toMatchObject([
      { type: "marks", user: grace.user },
      { type: "refused", ref: "t", code: "unknown-conversation" },
    ]);
  });

  it("print one line of JSON an event, and in it neither text nor name nor handle", async () => {
    const [ada, grace] = [await person("Wilhelmina"), await person("Grace")];
    const conversation = directConversation(ada.user, grace.user);
    await stand.say(ada, { action: "open", ref: "o", handle: grace.handle });
    printed.length = 0;

    const entries = [message("meet me at nine")];
    await stand.say(ada, { action: "send", ref: "s", conversation, device, after: 0, entries });
    await stand.say(ada, { action: "profile", ref: "p", name: "Wilhelmina", handle: grace.handle });
    await stand.say(ada, "meet me at nine");

    expect(printed.map((line) => JSON.parse(line))).toMatchObject([
      {
        function: "frames",
        level: "info",
        type: "ok",
        user: ada.user,
        connectionId: ada.connection,
        cold: false,
      },
      { function: "frames", type: "refused", code: "handle-taken" },
      { function: "frames", type: "refused", code: "bad-frame" },
    ]);
    expect(printed.join("")).not.toMatch(/nine|wilhelmina|grace/i);
  });

  it("need one write unit for an append, and no other write", async () => {
    const [ada, grace] = [await person("Ada"), await person("Grace")];
    const conversation = directConversation(ada.user, grace.user);
    const send = (after: number) =>
      stand.say(ada, {
        action: "send",
        ref: "s",
        conversation,
        device,
        after,
        entries: [message("a message of the usual length, which is a line or two")],
      });
    await stand.say(ada, { action: "open", ref: "o", handle: grace.handle });
    await send(0);
    await send(1);
    stand.meter.take();

    await send(2);

    const { reads, writes } = stand.meter.take();
    // The tail, and the devices of both: a read unit each.
    expect(writes).toEqual({ "PutItem Log": 1 });
    const total = Object.values(reads).reduce((sum, units) => sum + units, 0);
    expect(total, JSON.stringify(reads)).toBe(3);
  });
});
