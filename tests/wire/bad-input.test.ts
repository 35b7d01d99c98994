import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RawSocket, type Frame } from "../fixtures/raw-socket";
import {
  arrive,
  at,
  message,
  newId,
  openConversation,
  protocolsFor,
  refusal,
  send,
  type Peer,
} from "./people";

describe("bad input on the wire", () => {
  let ada: Peer;
  let grace: Peer;
  let conversation: string;

  beforeAll(async () => {
    ada = await arrive("Ada");
    grace = await arrive("Grace");
    conversation = await openConversation(ada, grace);
    await send(ada, conversation, 0, message("before"));
    await grace.socket.next((frame) => frame["type"] === "entries");
  });
  afterAll(() => {
    ada.socket.close();
    grace.socket.close();
  });

  const raw = async (text: string) => {
    const seen = ada.socket.received.length;
    ada.socket.sendText(text);
    return ada.socket.next((frame) => ada.socket.received.indexOf(frame) >= seen, text.slice(0, 80));
  };

  const texts: readonly (readonly [string, string])[] = [
    ["text that is not JSON", "hello?"],
    ["half a frame", '{"action":"send","ref":'],
    ["an array", "[1,2,3]"],
    ["a number", "42"],
    ["null", "null"],
    ["an object without an action", '{"ref":"x1"}'],
    ["an action that is not a text", '{"action":7,"ref":"x2"}'],
    ["an action that comes with the prototype", '{"action":"__proto__","ref":"x3"}'],
    ["an action that is a method's name", '{"action":"constructor","ref":"x4"}'],
    [
      "very deep nesting",
      `{"action":"sync","ref":"x5","conversation":${"[".repeat(5000)}${"]".repeat(5000)}}`,
    ],
    ["a huge number", '{"action":"sync","ref":"x6","conversation":"d.a.b","after":1e400}'],
  ];
  for (const [what, text] of texts)
    it(`refuses ${what} and keeps the socket up`, async () => {
      const answer = await raw(text);
      expect(answer["type"]).toBe("refused");
      expect(["bad-frame", "unknown-action"]).toContain(answer["code"]);
    });

  const frames: readonly (readonly [string, (frame: Frame) => Frame])[] = [
    ["a forged sender", (frame) => ({ ...frame, from: grace.user })],
    ["an unknown field", (frame) => ({ ...frame, colour: "red" })],
    ["a missing field", ({ after: _after, ...frame }) => frame],
    ["no entries", (frame) => ({ ...frame, entries: [] })],
    ["too many entries", (frame) => ({ ...frame, entries: Array.from({ length: 21 }, () => message("x")) })],
    ["a negative slot", (frame) => ({ ...frame, after: -1 })],
    ["half a slot", (frame) => ({ ...frame, after: 0.5 })],
    ["an entry of unknown kind", (frame) => ({ ...frame, entries: [{ ...message("x"), kind: "edit" }] })],
    [
      "an entry with a forged sender",
      (frame) => ({ ...frame, entries: [{ ...message("x"), from: grace.user }] }),
    ],
    ["a body that is no text", (frame) => ({ ...frame, entries: [{ ...message("x"), body: { text: 7 } }] })],
    ["a conversation that is no text", (frame) => ({ ...frame, conversation: { d: 1 } })],
  ];
  for (const [what, spoil] of frames)
    it(`refuses a send with ${what}`, async () => {
      const good = {
        action: "send",
        device: ada.device,
        conversation,
        after: 1,
        entries: [message("never")],
      };
      expect(refusal(await ada.socket.ask(spoil(good)))).toBe("bad-frame");
    });

  it("refuses an unknown action aloud", async () => {
    expect(refusal(await ada.socket.ask({ action: "shout" }))).toBe("unknown-action");
  });

  it("refuses a text that is too long, and one with nothing to see in it, measured after normalisation", async () => {
    const long = await send(ada, conversation, 1, message("é".repeat(8001)));
    const marked = await send(ada, conversation, 1, message(`a${"\u0316".repeat(16)}`));
    const empty = await send(ada, conversation, 1, message(" \u200b\n\t "));
    expect([refusal(long), refusal(marked), refusal(empty)]).toEqual(["too-long", "too-long", "empty"]);
  });

  it("refuses a claim to have read more than there is", async () => {
    expect(refusal(await send(ada, conversation, 999, message("from the future")))).toBe("stale");
  });

  it("answers the same for a conversation of others and for one that does not exist", async () => {
    const mallory = await arrive("Mallory");
    const ghost = [mallory.user, randomUUID()].sort();
    const foreign = [conversation, `d.${ghost.join(".")}`, `d.${randomUUID()}.${randomUUID()}`, "nonsense"];
    for (const name of foreign) {
      const answers = [
        await send(mallory, name, 0, message("let me in")),
        await mallory.socket.ask({ action: "sync", conversation: name, after: 0 }),
        await mallory.socket.ask({ action: "sync", conversation: name, before: 99 }),
        await mallory.socket.ask({ action: "mark", conversation: name, delivered: 1, read: 1 }),
        await mallory.socket.ask({ action: "typing", conversation: name, typing: true }),
        await mallory.socket.ask({ action: "watch", conversation: name }),
      ];
      expect(answers.map(refusal)).toEqual(Array.from(answers, () => "unknown-conversation"));
    }
    expect(JSON.stringify(mallory.socket.received)).not.toContain("before");
    mallory.socket.close();
  });

  it("has stored nothing of all that, told nobody, and still takes the next message", async () => {
    const page = await grace.socket.ask({ action: "sync", conversation, after: 0 });
    expect(page["entries"]).toMatchObject([{ seq: 1, body: { text: "before" } }]);
    // The relay may push the first message a second time: Grace's device has marked nothing as stored.
    const pushed = grace.socket.received.flatMap((frame) => frame["entries"] ?? []).map(seqOf);
    expect([...new Set(pushed)]).toEqual([1]);

    const answer = await send(ada, conversation, 1, message("after"));
    expect(answer).toMatchObject({ type: "ok", appended: [{ seq: 2 }] });
  });

  it("refuses a handshake without a token, with a broken one and without the subprotocol", async () => {
    const withoutToken = await RawSocket.refusedWith(at.socketUrl, []);
    const broken = await RawSocket.refusedWith(at.socketUrl, protocolsFor("not.a.token"));
    const forged = `${ada.accessToken.slice(0, -6)}AAAAAA`;
    const wrongSignature = await RawSocket.refusedWith(at.socketUrl, protocolsFor(forged));
    const noChat = await RawSocket.refusedWith(at.socketUrl, [`jwt.${ada.accessToken}`]);
    expect(withoutToken).toBe(401);
    for (const status of [broken, wrongSignature, noChat]) expect([400, 401, 403]).toContain(status);
  });

  it("refuses a page of a foreign origin", async () => {
    const status = await RawSocket.refusedWith(at.socketUrl, protocolsFor(ada.accessToken), {
      origin: "https://evil.example",
    });
    expect([401, 403]).toContain(status);
  });

  it("closes a socket that sends a message over the gateway's limit, and no other", async () => {
    const loud = await RawSocket.open(at.socketUrl, protocolsFor(ada.accessToken));
    const closed = new Promise<number>((resolve) => loud.socket.on("close", resolve));
    loud.sendText(JSON.stringify({ action: "hello", device: newId(), fill: "x".repeat(140_000) }));
    expect(await closed).toBe(1009);
    expect(await ada.socket.ask({ action: "inbox" })).toMatchObject({ type: "conversations" });
  });
});

const seqOf = (entry: unknown): unknown => (entry as { readonly seq?: unknown }).seq;
