import { describe, expect, it } from "vitest";
import { seqOf } from "../../domain/ids";
import { TYPING_EVERY_MS, TYPING_MS } from "../../domain/limits";
import { answered, opened, say, twoPeople } from "./cast";
import { Player } from "./player";
import { Stage } from "./stage";

describe("two people", () => {
  it("see each other's messages, in one order", async () => {
    const { stage, ada, grace, talk } = await twoPeople();

    await say(ada, talk, "hello", "are you there?");
    await say(grace, talk, "yes");

    expect(ada.texts(talk)).toEqual(["hello", "are you there?", "yes"]);
    expect(grace.texts(talk)).toEqual(["hello", "are you there?", "yes"]);
    expect(stage.problems).toEqual([]);
  });

  it("see a message of their own at once, and its ticks rise to read", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    grace.goDark();

    void ada.client.send(talk, "hello");
    expect(ada.ticks(talk)).toEqual(["hello waiting"]);
    await stage.clock.run(100);
    expect(ada.ticks(talk)).toEqual(["hello sent"]);

    grace.heal();
    grace.cut();
    await stage.clock.run(3_000);
    expect(ada.ticks(talk)).toEqual(["hello delivered"]);

    grace.client.shown(talk, seqOf(1));
    await stage.clock.run(1_000);
    expect(ada.ticks(talk)).toEqual(["hello read"]);
  });

  it("count what they have not read, on every device of theirs", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    const phone = new Player(stage, grace.line.user);
    await phone.start();

    await say(ada, talk, "one", "two", "three");
    expect(grace.client.list.getSnapshot().unreadTotal).toBe(3);
    expect(phone.client.list.getSnapshot().unreadTotal).toBe(3);

    grace.client.shown(talk, seqOf(2));
    await stage.clock.run(1_000);
    expect(grace.client.list.getSnapshot().unreadTotal).toBe(1);
    expect(phone.client.list.getSnapshot().unreadTotal).toBe(1);
  });

  it("see on one device what they wrote on another", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    const phone = new Player(stage, ada.line.user);
    await phone.start();

    await say(ada, talk, "from the laptop");
    await say(phone, talk, "from the phone");

    for (const player of [ada, phone, grace])
      expect(player.texts(talk)).toEqual(["from the laptop", "from the phone"]);
    expect(phone.ticks(talk)).toEqual(["from the laptop delivered", "from the phone delivered"]);
  });

  it("see the other type until a message comes or the keys rest", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    const isTyping = () => ada.client.timeline(talk).getSnapshot()?.peerTyping;
    await say(ada, talk, "are you there?");

    grace.client.typing(talk);
    await stage.clock.run(100);
    expect(isTyping()).toBe(true);
    await say(grace, talk, "hello");
    expect(isTyping()).toBe(false);

    await stage.clock.run(5_000);
    grace.client.typing(talk);
    await stage.clock.run(100);
    expect(isTyping()).toBe(true);
    await stage.clock.run(TYPING_MS + 1_000);
    expect(isTyping()).toBe(false);
  });

  it("see the other type again right after a message, which ended it", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    grace.client.typing(talk);
    await say(grace, talk, "one thing");
    grace.client.typing(talk);
    await stage.clock.run(100);
    expect(ada.client.timeline(talk).getSnapshot()?.peerTyping).toBe(true);
  });

  it("tell of typing once for a message of ordinary length, and not to one who is known to be away", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    let told = 0;
    stage.refuse = (text) => {
      if (text.includes('"action":"typing"')) told += 1;
      return undefined;
    };
    const type = async (forMs: number) => {
      for (let typedMs = 0; typedMs < forMs; typedMs += 500) {
        ada.client.typing(talk);
        await stage.clock.run(500);
      }
    };
    ada.client.look(talk);
    await stage.clock.run(100);

    await type(TYPING_EVERY_MS - 500);
    expect(told).toBe(1);
    await type(1_000);
    expect(told).toBe(2);

    grace.client.stop();
    await stage.clock.run(TYPING_EVERY_MS);
    await type(1_000);
    expect(told).toBe(2);
  });

  it("see whether the other is there while they look, also after a new socket", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    const presence = () => ada.client.timeline(talk).getSnapshot()?.peerPresence?.is;

    ada.client.look(talk);
    await stage.clock.run(100);
    expect(presence()).toBe("online");

    grace.unplug();
    await stage.clock.run(1_000);
    expect(presence()).toBe("offline");

    ada.cut();
    await stage.clock.run(10);
    expect(presence()).toBeUndefined();
    await stage.clock.run(3_000);
    expect(presence()).toBe("offline");
  });
});

describe("a conversation", () => {
  it("is opened by a handle from the local store when it is known, without a line", async () => {
    const { stage, ada, talk } = await twoPeople();
    ada.unplug();
    await stage.clock.run(100);

    expect(await answered(ada, ada.client.open("@Grace"))).toEqual({ is: "ok", value: talk });
  });

  it("is refused where the server refuses it", async () => {
    const { ada } = await twoPeople();

    expect(await answered(ada, ada.client.open("nobody"))).toMatchObject({ code: "unknown-handle" });
    expect(await answered(ada, ada.client.open("not a handle"))).toMatchObject({ code: "unknown-handle" });
    expect(await answered(ada, ada.client.open("ada"))).toMatchObject({ code: "yourself" });
  });

  it("is not opened with somebody new where there is no line", async () => {
    const { stage, ada } = await twoPeople();
    ada.surroundings({ online: false });
    await stage.clock.run(100);

    expect(await answered(ada, ada.client.open("carol"))).toEqual({ is: "unreachable" });
  });

  it("that somebody new begins is in the list at once", async () => {
    const { stage, ada, grace } = await twoPeople();
    const carol = new Player(stage, (await stage.person("carol")).user);
    await carol.start();

    const talk = await opened(carol, "grace");
    await say(carol, talk, "hello Grace");

    const [first] = grace.client.list.getSnapshot().conversations;
    expect(first).toMatchObject({ peer: { handle: "carol" }, unread: 1, last: { text: "hello Grace" } });
    expect(ada.client.list.getSnapshot().conversations).toHaveLength(1);
  });

  it("keeps every view the same object while nothing in it changes", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    await say(ada, talk, "hello", "again");
    const before = ada.client.timeline(talk).getSnapshot();
    const list = ada.client.list.getSnapshot();

    await stage.clock.run(600_000);
    expect(ada.client.timeline(talk).getSnapshot()).toBe(before);
    expect(ada.client.list.getSnapshot()).toBe(list);

    await say(grace, talk, "hello Ada");
    const entries = ada.entries(talk);
    expect(entries).toHaveLength(3);
    expect(entries[0]).toBe(before?.entries[0]);
    expect(entries[1]).toBe(before?.entries[1]);
  });

  it("remembers for the line above the first unread what was read when it was looked at", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    await say(ada, talk, "one", "two");
    grace.client.look(talk);
    grace.client.shown(talk, seqOf(2));
    await stage.clock.run(1_000);

    expect(grace.client.timeline(talk).getSnapshot()?.readAtOpening).toBe(0);
    grace.client.look(undefined);
    grace.client.look(talk);
    expect(grace.client.timeline(talk).getSnapshot()?.readAtOpening).toBe(2);
  });
});

describe("a person who is new", () => {
  it("gets a profile under the name that they signed up with", async () => {
    const stage = new Stage();
    const player = new Player(stage, stage.stranger(), undefined, "Mary Somerville");
    await player.start(500);

    const view = player.client.me.getSnapshot();

    expect(view).toMatchObject({ is: "known", me: { name: "Mary Somerville", handle: "mary-somerville" } });
  });

  it("gets one also without a name, and can change it", async () => {
    const stage = new Stage();
    const player = new Player(stage, stage.stranger(), undefined, "   ");
    await player.start(500);
    expect(player.client.me.getSnapshot().is).toBe("known");

    const saved = await answered(player, player.client.saveProfile({ name: "Mary", handle: "mary" }));

    expect(saved).toMatchObject({ is: "ok", value: { name: "Mary", handle: "mary" } });
    expect(player.client.me.getSnapshot()).toMatchObject({ me: { handle: "mary" } });
  });
});
