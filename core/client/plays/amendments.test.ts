import { describe, expect, it } from "vitest";
import type { ConversationId, EntryId } from "../../domain/ids";
import { UNDO_MS } from "../amending";
import type { EntryView, MessageView } from "../views";
import { opened, say, twoPeople, type Cast } from "./cast";
import { Player } from "./player";

const message = (player: Player, talk: ConversationId, text: string): MessageView => {
  const found = player.entries(talk).find((entry) => entry.kind === "message" && entry.text === text);
  if (found?.kind !== "message") throw new Error(`nobody said ${text}`);
  return found;
};
const idOf = (player: Player, talk: ConversationId, text: string): EntryId => message(player, talk, text).id;
const shown = (entries: readonly EntryView[]) =>
  entries.map((entry) => (entry.kind === "message" ? entry.text : entry.kind));
const emoji = (player: Player, talk: ConversationId, text: string) =>
  message(player, talk, text).reactions?.map((one) => [one.emoji, one.mine, one.users.length]);
const offline = ({ ada }: Cast) => ada.surroundings({ online: false });
const online = async ({ ada, stage }: Cast) => {
  ada.surroundings({ online: true });
  await stage.clock.run(UNDO_MS + 5_000);
};
/** All that a device has of a conversation, as text. */
const allOf = async (player: Player, talk: ConversationId) => {
  const { store } = player;
  const entries = await store.entriesBefore(talk, 10_000 as never, 10_000);
  const kept = [player.entries(talk), entries, await store.conversations(), await store.outbox()];
  return JSON.stringify([...kept, player.client.list.getSnapshot()]);
};

describe("an edit", () => {
  it("shows at once here, then with the other, and says that it is one", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    await say(ada, talk, "helo");

    const answer = await ada.client.edit(talk, idOf(ada, talk, "helo"), "hello");

    expect(answer.is).toBe("ok");
    expect(message(ada, talk, "hello")).toMatchObject({
      change: { kind: "edit", progress: { is: "waiting" } },
    });
    await stage.clock.run(1_000);
    expect(message(ada, talk, "hello").change).toBeUndefined();
    for (const player of [ada, grace])
      expect(message(player, talk, "hello").edited).toEqual({ at: expect.any(Number) });
    expect(grace.entries(talk)).toHaveLength(1);
    expect(grace.client.list.getSnapshot()).toMatchObject({
      unreadTotal: 1,
      conversations: [{ last: { kind: "edit", text: "hello" } }],
    });
  });

  it("waits for the line like a message, over a reload, and goes out once and in its order", async () => {
    const cast = await twoPeople();
    const { ada, grace, talk, stage } = cast;
    await say(ada, talk, "one");
    offline(cast);
    await ada.client.edit(talk, idOf(ada, talk, "one"), "uno");
    await say(ada, talk, "two");
    expect(shown(ada.entries(talk))).toEqual(["uno", "two"]);

    await ada.reload();
    void ada.client.timeline(talk);
    await stage.clock.run(100);
    expect(shown(ada.entries(talk))).toEqual(["uno", "two"]);
    await online(cast);

    expect(shown(grace.entries(talk))).toEqual(["uno", "two"]);
    expect(stage.world.log.entries(talk).map(({ kind }) => kind)).toEqual(["message", "edit", "message"]);
    expect(await ada.store.outbox()).toEqual([]);
  });

  it("of what nobody can have seen is no edit: it just says something else", async () => {
    const cast = await twoPeople();
    const { ada, grace, talk, stage } = cast;
    offline(cast);
    await say(ada, talk, "helo");
    await ada.client.edit(talk, idOf(ada, talk, "helo"), "hello");
    await online(cast);

    expect(stage.world.log.entries(talk)).toMatchObject([{ kind: "message", body: { text: "hello" } }]);
    expect(message(grace, talk, "hello").edited).toBeUndefined();
  });

  it("of what may be on its way already goes out behind it", async () => {
    const cast = await twoPeople();
    const { ada, grace, talk, stage } = cast;
    ada.line.weather = (way) => (way === "up" ? [5] : []);
    await say(ada, talk, "helo");
    await ada.client.edit(talk, idOf(ada, talk, "helo"), "hello");
    expect(shown(ada.entries(talk))).toEqual(["hello"]);
    ada.line.weather = () => [5];
    ada.cut();
    await stage.clock.run(20_000);

    expect(shown(grace.entries(talk))).toEqual(["hello"]);
    expect(stage.world.log.entries(talk).map(({ kind }) => kind)).toEqual(["message", "edit"]);
  });

  it("takes the place of one that still waits, and of nothing when nothing changes", async () => {
    const cast = await twoPeople();
    const { ada, talk, stage } = cast;
    await say(ada, talk, "one");
    const id = idOf(ada, talk, "one");
    await ada.client.edit(talk, id, "one");
    offline(cast);
    for (const text of ["two", "three", "four"]) await ada.client.edit(talk, id, text);
    await online(cast);

    expect(stage.world.log.entries(talk).map(({ kind }) => kind)).toEqual(["message", "edit"]);
    expect(shown(ada.entries(talk))).toEqual(["four"]);
  });

  it("that is refused stays with its reason, shows the old text, and can be thrown away", async () => {
    const { ada, talk, stage } = await twoPeople();
    await say(ada, talk, "one");
    stage.refuse = (text) =>
      text.includes('"edit"')
        ? JSON.stringify({ type: "refused", ref: JSON.parse(text).ref, code: "cannot-edit" })
        : undefined;
    await ada.client.edit(talk, idOf(ada, talk, "one"), "two");
    await stage.clock.run(1_000);

    const { change } = message(ada, talk, "one");
    expect(change).toMatchObject({ kind: "edit", progress: { is: "failed", code: "cannot-edit" } });
    await ada.client.discard(talk, change!.id);
    expect(message(ada, talk, "one").change).toBeUndefined();
  });

  it("is refused at once when it cannot be one", async () => {
    const { ada, grace, talk } = await twoPeople();
    await say(ada, talk, "one");
    const id = idOf(ada, talk, "one");

    expect(await ada.client.edit(talk, id, " ")).toEqual({ is: "refused", code: "empty" });
    expect(await ada.client.edit(talk, id, "x".repeat(9_000))).toEqual({ is: "refused", code: "too-long" });
    expect(await grace.client.edit(talk, id, "forged")).toEqual({ is: "refused", code: "unknown-entry" });
    expect(await ada.client.react(talk, message(ada, talk, "one"), "no")).toEqual({
      is: "refused",
      code: "bad-emoji",
    });
  });

  it("keeps its history, which the server tells", async () => {
    const { ada, grace, talk, stage } = await twoPeople();
    await say(ada, talk, "one");
    const { id, seq } = message(ada, talk, "one");
    for (const text of ["two", "three"]) {
      await ada.client.edit(talk, id, text);
      await stage.clock.run(1_000);
    }

    const asked = grace.client.history(talk, seq!);
    await stage.clock.run(100);

    expect(await asked).toMatchObject({
      is: "ok",
      value: [{ text: "three" }, { text: "two" }, { seq, text: "one" }],
    });
  });
});

describe("a delete", () => {
  it("can be taken back for a moment, and is nobody's business until then", async () => {
    const { ada, grace, talk, stage } = await twoPeople();
    await say(ada, talk, "oops");
    const id = idOf(ada, talk, "oops");

    await ada.client.delete(talk, id);
    expect(ada.entries(talk)).toMatchObject([{ kind: "deleted", undoUntil: stage.clock.now() + UNDO_MS }]);
    await stage.clock.run(UNDO_MS - 1_000);
    expect(shown(grace.entries(talk))).toEqual(["oops"]);
    await ada.client.undoDelete(talk, id);
    await stage.clock.run(UNDO_MS);

    expect(shown(ada.entries(talk))).toEqual(["oops"]);
    expect(stage.world.log.entries(talk)).toHaveLength(1);
  });

  it("goes by itself after that moment, also when the page was closed meanwhile", async () => {
    const { ada, grace, talk, stage } = await twoPeople();
    await say(ada, talk, "oops");
    await ada.client.delete(talk, idOf(ada, talk, "oops"));
    await ada.reload();
    await stage.clock.run(UNDO_MS + 1_000);

    expect(shown(grace.entries(talk))).toEqual(["deleted"]);
    expect(await ada.client.undoDelete(talk, grace.entries(talk)[0]!.id)).toBeUndefined();
  });

  it("leaves its text on no device and nowhere on the server, edits and all", async () => {
    const { ada, grace, talk, stage } = await twoPeople();
    const laptop = new Player(stage, ada.line.user);
    await laptop.start();
    await opened(laptop, "grace");
    await say(ada, talk, "secret one");
    const id = idOf(ada, talk, "secret one");
    await ada.client.edit(talk, id, "secret two");
    await stage.clock.run(1_000);
    await grace.client.react(talk, message(grace, talk, "secret two"), "👍");
    await say(grace, talk, "what was that?");

    await ada.client.delete(talk, id);
    await stage.clock.run(UNDO_MS + 1_000);

    for (const player of [ada, grace, laptop]) {
      expect(shown(player.entries(talk))).toEqual(["deleted", "what was that?"]);
      expect(await allOf(player, talk)).not.toContain("secret");
    }
    expect(JSON.stringify(stage.world.log.entries(talk))).not.toContain("secret");
    expect(stage.problems).toEqual([]);
  });

  it("of what nobody can have seen takes it out of the outbox, with all that was about it", async () => {
    const cast = await twoPeople();
    const { ada, talk, stage } = cast;
    offline(cast);
    await say(ada, talk, "secret");
    await ada.client.delete(talk, idOf(ada, talk, "secret"));

    expect(ada.entries(talk)).toEqual([]);
    expect(await ada.store.outbox()).toEqual([]);
    await online(cast);
    expect(stage.world.log.entries(talk)).toEqual([]);
  });

  it("drops an edit that was not sent yet, here and on another device of the same person", async () => {
    const cast = await twoPeople();
    const { ada, grace, talk, stage } = cast;
    const laptop = new Player(stage, ada.line.user);
    await laptop.start();
    await opened(laptop, "grace");
    await say(ada, talk, "one");
    await stage.clock.run(1_000);
    offline(cast);
    await ada.client.edit(talk, idOf(ada, talk, "one"), "secret");

    await laptop.client.delete(talk, idOf(laptop, talk, "one"));
    await stage.clock.run(UNDO_MS + 1_000);
    await online(cast);

    expect(shown(ada.entries(talk))).toEqual(["deleted"]);
    expect(await allOf(ada, talk)).not.toContain("secret");
    expect(JSON.stringify(stage.world.log.entries(talk))).not.toContain("secret");
    expect(shown(grace.entries(talk))).toEqual(["deleted"]);
  });

  it("comes to a device that was away, and to one that was never there", async () => {
    const { ada, grace, talk, stage } = await twoPeople();
    await say(ada, talk, "secret", "kept");
    await stage.clock.run(1_000);
    grace.surroundings({ online: false });
    await ada.client.delete(talk, idOf(ada, talk, "secret"));
    await stage.clock.run(UNDO_MS + 1_000);

    grace.surroundings({ online: true });
    const tablet = new Player(stage, grace.line.user);
    await tablet.start();
    await opened(tablet, "ada");
    await stage.clock.run(5_000);

    for (const player of [grace, tablet]) {
      expect(shown(player.entries(talk))).toEqual(["deleted", "kept"]);
      expect(await allOf(player, talk)).not.toContain("secret");
    }
  });

  it("leaves what was unread unread until it is passed, and no more than that", async () => {
    const { ada, grace, talk, stage } = await twoPeople();
    await say(ada, talk, "one", "two");
    await ada.client.delete(talk, idOf(ada, talk, "two"));
    await stage.clock.run(UNDO_MS + 1_000);
    expect(grace.client.list.getSnapshot().unreadTotal).toBe(2);

    grace.client.shown(talk, grace.entries(talk).at(-1)!.seq!);
    await stage.clock.run(1_000);

    expect(grace.client.list.getSnapshot().unreadTotal).toBe(0);
    await grace.reload();
    expect(grace.client.list.getSnapshot().unreadTotal).toBe(0);
  });
});

describe("a reaction", () => {
  it("is seen by both, counted, changed and taken away", async () => {
    const { ada, grace, talk, stage } = await twoPeople();
    await say(ada, talk, "news");
    const react = async (player: Player, one?: string) => {
      void player.client.react(talk, message(player, talk, "news"), one);
      await stage.clock.run(1_000);
    };

    await react(grace, "👍");
    await react(ada, "👍");
    expect(emoji(ada, talk, "news")).toEqual([["👍", true, 2]]);
    await react(grace, "❤");
    expect(emoji(grace, talk, "news")).toEqual([
      ["👍", false, 1],
      ["❤️", true, 1],
    ]);
    await react(ada);
    expect(emoji(ada, talk, "news")).toEqual([["❤️", false, 1]]);
    await react(grace);
    expect(emoji(ada, talk, "news")).toBeUndefined();
    expect(stage.world.log.entries(talk)).toHaveLength(6);
  });

  it("that comes and goes while there is no line is never heard of", async () => {
    const cast = await twoPeople();
    const { ada, grace, talk, stage } = cast;
    await say(grace, talk, "news");
    await stage.clock.run(500);
    offline(cast);
    for (const one of ["👍", "❤️", undefined]) await ada.client.react(talk, message(ada, talk, "news"), one);
    await online(cast);

    expect(stage.world.log.entries(talk)).toHaveLength(1);
    expect(emoji(ada, talk, "news")).toBeUndefined();
  });
});

describe("a block", () => {
  it("closes the conversation for both, at once here, and only its maker opens it", async () => {
    const { ada, grace, talk, stage } = await twoPeople();
    const closed = (player: Player) => {
      const view = player.client.timeline(talk).getSnapshot();
      return [view?.closed, view?.blocked];
    };
    await say(ada, talk, "hello");

    await grace.client.block(talk);
    expect(closed(grace)).toEqual([true, true]);
    await stage.clock.run(1_000);
    expect(closed(ada)).toEqual([true, false]);
    expect(await ada.client.send(talk, "x")).toEqual({ is: "refused", code: "cannot-deliver" });
    expect(await ada.client.delete(talk, idOf(ada, talk, "hello"))).toMatchObject({ code: "cannot-deliver" });
    await ada.client.unblock(talk);
    await stage.clock.run(1_000);
    expect(closed(ada)).toEqual([true, false]);

    await grace.client.unblock(talk);
    await stage.clock.run(1_000);
    expect([closed(ada), closed(grace)]).toEqual([
      [false, false],
      [false, false],
    ]);
    await say(ada, talk, "again");
    expect(shown(grace.entries(talk))).toEqual(["hello", "closed", "opened", "again"]);
  });

  it("ends typing and presence for both, and their end ends with it", async () => {
    const { ada, grace, talk, stage } = await twoPeople();
    await say(ada, talk, "hello");
    for (const player of [ada, grace]) player.client.look(talk);
    await stage.clock.run(1_000);
    const presence = (player: Player) => player.client.timeline(talk).getSnapshot()?.peerPresence?.is;
    expect([presence(ada), presence(grace)]).toEqual(["online", "online"]);

    await grace.client.block(talk);
    await stage.clock.run(1_000);
    ada.client.typing(talk);
    await stage.clock.run(1_000);
    expect([presence(ada), presence(grace)]).toEqual([undefined, undefined]);
    expect(grace.client.timeline(talk).getSnapshot()?.peerTyping).toBe(false);

    await grace.client.unblock(talk);
    await stage.clock.run(1_000);
    expect([presence(ada), presence(grace)]).toEqual(["online", "online"]);
  });

  it("meets what was on its way: it fails and says why", async () => {
    const cast = await twoPeople();
    const { ada, grace, talk, stage } = cast;
    await say(ada, talk, "hello");
    offline(cast);
    await say(ada, talk, "too late");
    await ada.client.edit(talk, idOf(ada, talk, "hello"), "hello!");
    await grace.client.block(talk);
    await stage.clock.run(1_000);
    await online(cast);

    expect(ada.ticks(talk)).toEqual(["hello delivered", "too late failed"]);
    expect(message(ada, talk, "hello").change).toMatchObject({ progress: { code: "cannot-deliver" } });
    expect(shown(grace.entries(talk))).toEqual(["hello", "closed"]);
  });
});
