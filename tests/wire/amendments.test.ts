import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Frame } from "../fixtures/raw-socket";
import { arrive, message, newId, openConversation, refusal, send, type Peer } from "./people";

describe("entries beyond messages on the wire", () => {
  let ada: Peer;
  let grace: Peer;
  let conversation: string;
  let tail = 0;

  const say = async (peer: Peer, ...entries: Frame[]) => {
    const answer = await send(peer, conversation, tail, ...entries);
    tail += ((answer["appended"] ?? []) as readonly Frame[]).length;
    return answer;
  };
  const entry = (kind: string, more: Frame = {}): Frame => ({ kind, id: newId(), ...more });
  const at = async (seq: number): Promise<Frame | undefined> => {
    const { entries } = await grace.socket.ask({ action: "sync", conversation, after: seq - 1 });
    return (entries as readonly Frame[])[0];
  };

  beforeAll(async () => {
    ada = await arrive("Ada");
    grace = await arrive("Grace");
    conversation = await openConversation(ada, grace);
    await say(ada, message("helo"), message("a word too many"));
  });
  afterAll(() => {
    ada.socket.close();
    grace.socket.close();
  });

  it("an edit changes the message, keeps what it said, and is pushed as itself", async () => {
    const edit = entry("edit", { target: 1, body: { text: "hello" } });
    expect(await say(ada, edit)).toMatchObject({ type: "ok", appended: [{ id: edit["id"], seq: 3 }] });

    await grace.socket.next((frame) => JSON.stringify(frame).includes(String(edit["id"])));
    expect(await at(1)).toMatchObject({ kind: "message", body: { text: "hello" }, edited: { seq: 3 } });
    expect(await grace.socket.ask({ action: "history", conversation, seq: 1 })).toMatchObject({
      versions: [{ text: "hello" }, { text: "helo" }],
    });
  });

  it("a delete leaves nothing of the text, neither in the message nor in an edit of it", async () => {
    await say(ada, entry("edit", { target: 2, body: { text: "a word too many, mended" } }));
    expect(await say(ada, entry("delete", { target: 2 }))).toMatchObject({ type: "ok" });

    const page = await grace.socket.ask({ action: "sync", conversation, after: 0 });
    expect(JSON.stringify(page)).not.toContain("a word too many");
    expect(await at(2)).toMatchObject({ kind: "erased", was: "message" });
    expect(await at(4)).toMatchObject({ kind: "erased", was: "edit" });
  });

  it("a reaction stands on the message, one a person, and is taken back", async () => {
    await say(ada, entry("reaction", { target: 1, emoji: "👍" }));
    await say(grace, entry("reaction", { target: 1, emoji: "👋" }));
    await say(grace, entry("reaction", { target: 1 }));

    expect(await at(1)).toMatchObject({
      reactions: { [ada.user]: { seq: 6, emoji: "👍" }, [grace.user]: { seq: 8 } },
    });
  });

  it("nobody changes what another has said", async () => {
    expect(refusal(await say(grace, entry("edit", { target: 1, body: { text: "mine" } })))).toBe("not-yours");
    expect(refusal(await say(grace, entry("delete", { target: 1 })))).toBe("not-yours");
  });

  it("a block ends the writing and the watching, and its end brings both back", async () => {
    await ada.socket.ask({ action: "watch", conversation });
    expect(await say(grace, entry("closed"))).toMatchObject({ type: "ok" });

    expect(refusal(await say(ada, message("hello?")))).toBe("cannot-deliver");
    expect(await ada.socket.ask({ action: "watch", conversation })).toMatchObject({
      presence: { is: "offline" },
    });

    expect(await say(grace, entry("opened"))).toMatchObject({ type: "ok" });
    expect(await say(ada, message("hello again"))).toMatchObject({ type: "ok" });
    expect(await ada.socket.ask({ action: "watch", conversation })).toMatchObject({
      presence: { is: "online" },
    });
  });
});

describe("a person on the wire", () => {
  it("says that they are there, and is answered", async () => {
    const ada = await arrive("Ada");
    expect(await ada.socket.ask({ action: "here", device: ada.device })).toMatchObject({ type: "ok" });
    expect(refusal(await ada.socket.ask({ action: "here", device: "?" }))).toBe("bad-frame");
    ada.socket.close();
  });

  it("holds the handles that they gave up, up to three, and lets the oldest go", async () => {
    const [ada, grace, mallory] = [await arrive("Ada"), await arrive("Grace"), await arrive("Mallory")];
    const conversation = await openConversation(grace, ada);
    const rename = (handle: string) => ada.socket.ask({ action: "profile", name: "Ada", handle });
    const claim = { action: "profile", name: "Mallory", handle: ada.handle };
    const openOld = { action: "open", handle: ada.handle };
    const next = newHandle();

    expect(await rename(next)).toMatchObject({ type: "profile" });

    expect(refusal(await mallory.socket.ask(claim))).toBe("handle-taken");
    expect(refusal(await mallory.socket.ask(openOld))).toBe("unknown-handle");
    const rows = [{ conversation, peer: { user: ada.user, handle: next } }];
    expect(await grace.socket.ask(openOld)).toMatchObject({ rows });

    for (let count = 0; count < 3; count += 1) await rename(newHandle());
    expect(refusal(await grace.socket.ask(openOld))).toBe("unknown-handle");
    expect(await mallory.socket.ask(claim)).toMatchObject({ type: "profile", me: { handle: ada.handle } });
    for (const { socket } of [ada, grace, mallory]) socket.close();
  });
});

const newHandle = () =>
  `x${newId()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "")}`.slice(0, 20);
