import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arrive, join, message, newId, openConversation, send, type Peer } from "./people";

describe("two people on the wire", () => {
  let ada: Peer;
  let grace: Peer;
  let conversation: string;

  beforeAll(async () => {
    ada = await arrive("Ada");
    grace = await arrive("Grace");
    conversation = await openConversation(ada, grace);
  });
  afterAll(() => {
    ada.socket.close();
    grace.socket.close();
  });

  it("gives the first message slot 1 and pushes it to the other with the sender's authenticated name", async () => {
    const entry = message("hello Grace");
    const answer = await send(ada, conversation, 0, entry);
    expect(answer).toMatchObject({ type: "ok", appended: [{ id: entry["id"], seq: 1 }] });

    const pushed = await grace.socket.next((frame) => frame["type"] === "entries");
    expect(pushed["entries"]).toMatchObject([
      {
        conversation,
        seq: 1,
        from: ada.user,
        body: { text: "hello Grace" },
      },
    ]);
  });

  it("answers a repeated send with the slot that the message already has", async () => {
    const entry = message("once only");
    const first = await send(grace, conversation, 1, entry);
    const again = await send(grace, conversation, 1, entry);
    expect(again["appended"]).toEqual(first["appended"]);
  });

  it("pushes nothing back to the socket that wrote, and the entry to the writer's other device", async () => {
    const laptop = await join(ada);
    const entry = message("from my phone");
    await send(ada, conversation, 2, entry);
    // The relay may push what was said before to the new device, too.
    const pushed = await laptop.socket.next(
      (frame) => frame["type"] === "entries" && JSON.stringify(frame).includes(String(entry["id"])),
    );
    expect(pushed["entries"]).toContainEqual(expect.objectContaining({ id: entry["id"], from: ada.user }));
    laptop.socket.close();

    const mine = ada.socket.received.filter(
      (frame) => frame["type"] === "entries" && JSON.stringify(frame).includes(String(entry["id"])),
    );
    expect(mine).toEqual([]);
  });

  it("appends a batch in its order and reads it back by pages in both directions", async () => {
    const batch = ["one", "two", "three"].map((text) => message(text));
    const tail = await send(ada, conversation, 3, ...batch);
    const seqs = (tail["appended"] as { seq: number }[]).map((row) => row.seq);
    expect(seqs).toEqual([4, 5, 6]);

    const after = await grace.socket.ask({ action: "sync", conversation, after: 3 });
    expect((after["entries"] as { body: { text: string } }[]).map((entry) => entry.body.text)).toEqual([
      "one",
      "two",
      "three",
    ]);
    const before = await grace.socket.ask({ action: "sync", conversation, before: 3 });
    expect((before["entries"] as { seq: number }[]).map((entry) => entry.seq)).toEqual([1, 2]);
  });

  it("tells the writer when the other has stored and has read, and never goes back", async () => {
    grace.socket.tell({ action: "mark", conversation, delivered: 6 });
    await ada.socket.next(
      (frame) => frame["type"] === "marks" && (frame["marks"] as { delivered: number }).delivered === 6,
    );
    grace.socket.tell({ action: "mark", conversation, delivered: 6, read: 6 });
    await ada.socket.next(
      (frame) => frame["type"] === "marks" && (frame["marks"] as { read: number }).read === 6,
    );
    grace.socket.tell({ action: "mark", conversation, delivered: 2, read: 2 });
    const list = await ada.socket.ask({ action: "inbox" });
    expect(list["rows"]).toMatchObject([{ conversation, theirs: { delivered: 6, read: 6 } }]);
  });

  it("counts what has not been read in the list", async () => {
    const list = await grace.socket.ask({ action: "inbox" });
    expect(list["rows"]).toMatchObject([{ conversation, mine: { read: 6 }, tail: { seq: 6 } }]);
  });

  it("says nothing to who tells of a mark or of typing, and refuses what is wrong with one under its ref", async () => {
    const fine = [
      ada.socket.tell({ action: "mark", conversation, delivered: 6, read: 6 }),
      ada.socket.tell({ action: "typing", conversation, typing: false }),
    ];
    await grace.socket.next((frame) => frame["type"] === "marks" && frame["user"] === ada.user);
    await grace.socket.next((frame) => frame["type"] === "typing" && frame["typing"] === false);

    const bad = [
      ada.socket.tell({ action: "mark", conversation, delivered: -1 }),
      ada.socket.tell({ action: "mark", conversation: "d.a.b", delivered: 1 }),
      ada.socket.tell({ action: "typing", conversation }),
    ];
    const answers = await Promise.all(
      bad.map((ref) => ada.socket.next((frame) => frame["ref"] === ref, `a refusal of ${ref}`)),
    );

    expect(answers.map(({ type, code }) => [type, code])).toEqual([
      ["refused", "bad-frame"],
      ["refused", "unknown-conversation"],
      ["refused", "bad-frame"],
    ]);
    expect(ada.socket.received.filter(({ ref }) => fine.some((told) => told === ref))).toEqual([]);
  });

  it("says with a page how one's own watermarks stand, where that is asked", async () => {
    const page = await grace.socket.ask({ action: "sync", conversation, after: 6, marks: true });
    expect(page).toMatchObject({ type: "page", entries: [], mine: { delivered: 6, read: 6 } });
  });

  it("shows typing to the other only", async () => {
    ada.socket.tell({ action: "typing", conversation, typing: true });
    const pushed = await grace.socket.next((frame) => frame["type"] === "typing" && frame["typing"] === true);
    expect(pushed).toMatchObject({ conversation, user: ada.user, typing: true });
    expect(ada.socket.received.filter((frame) => frame["type"] === "typing")).toEqual([]);
  });

  it("tells who watches when the other goes and comes back", async () => {
    const now = await ada.socket.ask({ action: "watch", conversation });
    expect(now).toMatchObject({ type: "presence", user: grace.user, presence: { is: "online" } });

    grace.socket.close();
    const gone = await ada.socket.next(
      (frame) => frame["type"] === "presence" && (frame["presence"] as { is: string }).is === "offline",
    );
    expect(gone).toMatchObject({ user: grace.user });

    const seen = ada.socket.received.length;
    grace = await join(grace);
    const back = await ada.socket.next(
      (frame) =>
        ada.socket.received.indexOf(frame) >= seen &&
        frame["type"] === "presence" &&
        (frame["presence"] as { is: string }).is === "online",
    );
    expect(back).toMatchObject({ user: grace.user });
  });

  it("answers ping from the gateway itself", async () => {
    ada.socket.sendText(JSON.stringify({ action: "ping" }));
    expect(await ada.socket.next((frame) => frame["type"] === "pong")).toEqual({ type: "pong" });
  });

  it("refuses to open a conversation with oneself or with a handle that nobody has", async () => {
    const self = await ada.socket.ask({ action: "open", handle: ada.handle });
    const nobody = await ada.socket.ask({
      action: "open",
      handle: `nobody-${newId().toLowerCase().slice(0, 6)}x`,
    });
    expect([self["code"], nobody["code"]]).toEqual(["yourself", "unknown-handle"]);
  });
});
