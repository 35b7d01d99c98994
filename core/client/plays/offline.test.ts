import { describe, expect, it } from "vitest";
import { NO_SEQ } from "../../domain/ids";
import { createMemoryStore } from "../memory-store";
import type { ClientStore } from "../ports/store";
import { numbered, opened, say, twoPeople } from "./cast";
import { Player } from "./player";

describe("a device without a line", () => {
  it("keeps what was written over a reload, and sends it in its order when it can", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    ada.surroundings({ online: false });
    await say(ada, talk, ...numbered("on a plane", 1, 45));
    expect(ada.connection).toBe("offline");

    await ada.reload();
    await ada.client.open("grace");
    expect(ada.texts(talk)).toEqual(numbered("on a plane", 1, 45));
    await say(ada, talk, "after the reload");
    ada.surroundings({ online: true });
    await stage.clock.run(10_000);

    const expected = [...numbered("on a plane", 1, 45), "after the reload"];
    expect(grace.texts(talk)).toEqual(expected);
    expect(ada.texts(talk)).toEqual(expected);
    expect(await ada.store.outbox()).toEqual([]);
  });

  it("counts what waits, whatever came last", async () => {
    const { stage, ada, talk } = await twoPeople();
    const unsent = () => ada.client.list.getSnapshot().conversations.map((one) => one.unsent);
    await say(ada, talk, "sent");
    expect(unsent()).toEqual([0]);

    ada.surroundings({ online: false });
    await say(ada, talk, "waits");
    const [sent] = ada.entries(talk);
    void ada.client.edit(talk, sent!.id, "waits too");
    await stage.clock.run(100);
    expect(unsent()).toEqual([2]);

    ada.surroundings({ online: true });
    await stage.clock.run(5_000);
    expect(unsent()).toEqual([0]);
  });

  it("doubles nothing when the page goes between the commit and the answer", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    ada.line.weather = (way) => (way === "up" ? [5] : []);
    void ada.client.send(talk, "committed");
    await stage.clock.run(100);
    expect(grace.texts(talk)).toEqual(["committed"]);

    ada.line.weather = () => [5];
    await ada.reload();
    await stage.clock.run(3_000);
    await ada.client.open("grace");

    expect(ada.ticks(talk)).toEqual(["committed delivered"]);
    expect(grace.texts(talk)).toEqual(["committed"]);
  });

  it("shows what it has before the network answers", async () => {
    const { ada, talk, grace } = await twoPeople();
    await say(grace, talk, "stored");
    ada.unplug();
    await ada.reload();

    expect(ada.client.list.getSnapshot()).toMatchObject({ loaded: true, unreadTotal: 1 });
    expect(await ada.client.open("grace")).toEqual({ is: "ok", value: talk });
    expect(ada.texts(talk)).toEqual(["stored"]);
    expect(ada.client.me.getSnapshot()).toMatchObject({ is: "known", me: { handle: "ada" } });
  });

  it("tells what was read without a line once it has one, also after a reload", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    await say(ada, talk, "read me");
    grace.unplug();
    await stage.clock.run(100);
    grace.client.shown(talk, grace.entries(talk)[0]!.seq!);
    await stage.clock.run(1_000);
    expect(ada.ticks(talk)).toEqual(["read me delivered"]);

    await grace.reload();
    grace.heal();
    await stage.clock.run(35_000);

    expect(ada.ticks(talk)).toEqual(["read me read"]);
  });
});

describe("a slow store", () => {
  it("holds a message back: nothing is transmitted before it is stored", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    const put = ada.store.putOutbox;
    const stored: (() => void)[] = [];
    ada.store.putOutbox = async (item) => {
      await new Promise<void>((resolve) => void stored.push(resolve));
      return put(item);
    };

    await say(ada, talk, "not yet");
    expect(ada.ticks(talk)).toEqual(["not yet waiting"]);
    ada.cut();
    await stage.clock.run(4_000);
    expect(ada.connection).toBe("live");
    expect(grace.texts(talk)).toEqual([]);

    for (const resolve of stored) resolve();
    await stage.clock.run(100);
    expect(grace.texts(talk)).toEqual(["not yet"]);
  });
});

describe("a store that refuses", () => {
  const broken = (...methods: readonly (keyof ClientStore)[]): ClientStore => {
    const refuse = async () => Promise.reject(new Error("the disk is full"));
    return Object.assign(createMemoryStore(), ...methods.map((method) => ({ [method]: refuse })));
  };

  it("does not stop the talk, and the person is told that nothing is kept", async () => {
    const { stage, grace, talk } = await twoPeople();
    const ada = new Player(stage, (await stage.person("carol")).user, broken("putOutbox", "saveLog"));
    await ada.start();
    const other = await opened(ada, "grace");

    await say(ada, other, "hello");
    await opened(grace, "carol");
    await say(grace, other, "hello back");

    expect(talk).not.toBe(other);
    expect(ada.client.storage.getSnapshot()).toEqual({ is: "memory", why: "unknown" });
    expect(ada.texts(other)).toEqual(["hello", "hello back"]);
    expect(grace.texts(other)).toEqual(["hello", "hello back"]);
  });

  it("is not claimed to have stored anything: nothing is delivered until it is read", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    const phone = new Player(stage, grace.line.user, broken("saveLog"));
    await phone.start();
    grace.client.stop();
    await stage.clock.run(100);

    await say(ada, talk, "hello");
    expect(ada.ticks(talk)).toEqual(["hello sent"]);

    phone.client.shown(talk, phone.entries(talk)[0]!.seq!);
    await stage.clock.run(1_000);
    expect(ada.ticks(talk)).toEqual(["hello read"]);
  });

  it("may also never answer", async () => {
    const { stage } = await twoPeople();
    const store = Object.assign(createMemoryStore(), { me: () => new Promise<never>(() => {}) });
    const carol = new Player(stage, (await stage.person("carol")).user, store);
    await carol.start(6_000);

    expect(carol.connection).toBe("live");
    expect(carol.client.storage.getSnapshot().is).toBe("memory");
  });
});

describe("a device that was away for long", () => {
  it("begins again at the tail and reads upwards when somebody scrolls there", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    await say(grace, talk, "before");
    ada.unplug();
    for (let part = 0; part < 9; part += 1) {
      await say(grace, talk, ...numbered("message", 50 * part + 1, 50 * part + 50));
      await stage.clock.run(11_000);
    }
    ada.heal();
    await stage.clock.run(35_000);
    const newest = ada.texts(talk);
    expect(newest).toEqual(numbered("message", 451 - newest.length, 450));
    expect(ada.client.timeline(talk).getSnapshot()).toMatchObject({ hasOlder: true, unread: 451 });

    for (let page = 0; page < 6; page += 1) {
      void ada.client.loadOlder(talk);
      await stage.clock.run(100);
    }
    expect(ada.texts(talk)).toEqual(["before", ...numbered("message", 1, 450)]);
    expect(ada.client.timeline(talk).getSnapshot()?.hasOlder).toBe(false);
  });

  it("finds a message that it sent before in the log that it has skipped", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    await say(grace, talk, "before");
    ada.line.weather = (way) => (way === "up" ? [5] : []);
    void ada.client.send(talk, "long committed");
    await stage.clock.run(50);
    ada.unplug();
    for (let part = 0; part < 11; part += 1) {
      await say(grace, talk, ...numbered("message", 50 * part + 1, 50 * part + 50));
      await stage.clock.run(11_000);
    }
    ada.line.weather = () => [5];
    ada.heal();
    await stage.clock.run(40_000);

    expect(await ada.store.outbox()).toEqual([]);
    const newest = ada.texts(talk);
    expect(newest).toEqual(numbered("message", 551 - newest.length, 550));
    const log = await stage.world.log.readFrom(talk, NO_SEQ, 1_000);
    expect(log.filter(({ from }) => from === ada.line.user)).toHaveLength(1);
  });

  it("reads from the disk first when somebody scrolls up", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    for (let part = 0; part < 3; part += 1) {
      await say(grace, talk, ...numbered("message", 40 * part + 1, 40 * part + 40));
      await stage.clock.run(11_000);
    }
    ada.unplug();
    await ada.reload();
    await ada.client.open("grace");
    expect(ada.texts(talk)).toEqual(numbered("message", 71, 120));

    await ada.client.loadOlder(talk);
    await ada.client.loadOlder(talk);

    expect(ada.texts(talk)).toEqual(numbered("message", 1, 120));
  });

  it("misses no conversation, however many have changed", async () => {
    const { stage, ada } = await twoPeople();
    const others: Player[] = [];
    for (const handle of numbered("friend", 1, 45)) {
      const friend = new Player(stage, (await stage.person(handle.replace(" ", ""))).user);
      others.push(friend);
      await friend.start();
      await say(friend, await opened(friend, "ada"), "first");
    }
    ada.unplug();
    await stage.clock.run(100);
    for (const friend of others) await say(friend, await opened(friend, "ada"), "second");
    ada.heal();
    await stage.clock.run(40_000);

    const { conversations } = ada.client.list.getSnapshot();
    const unread = conversations.filter(({ peer }) => peer.handle !== "grace").map((row) => row.unread);
    expect(unread).toEqual(Array.from({ length: 45 }, () => 2));
    for (const friend of others)
      expect(friend.client.list.getSnapshot().conversations[0]?.last).toMatchObject({
        progress: { is: "delivered" },
      });
  });

  it("lists the rest of many conversations when somebody scrolls there", async () => {
    const { stage, ada } = await twoPeople();
    for (const handle of numbered("friend", 1, 29)) {
      await stage.person(handle.replace(" ", ""));
      await opened(ada, handle.replace(" ", ""));
    }
    const phone = new Player(stage, ada.line.user);
    await phone.start();
    expect(phone.client.list.getSnapshot()).toMatchObject({ loaded: true, hasMore: true });
    const first = phone.client.list.getSnapshot().conversations.length;
    expect(first).toBeLessThan(30);

    void phone.client.loadMore();
    await stage.clock.run(100);
    expect(phone.client.list.getSnapshot().conversations.length).toBeGreaterThan(first);
    void phone.client.loadMore();
    await stage.clock.run(100);

    expect(phone.client.list.getSnapshot().hasMore).toBe(false);
    expect(phone.client.list.getSnapshot().conversations).toHaveLength(30);
  });
});

describe("a device that changes hands", () => {
  it("shows and sends nothing of the person before", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    await say(ada, talk, "private");
    ada.unplug();
    await say(ada, talk, "unsent");
    ada.client.stop();

    const carol = await stage.person("carol");
    const player = new Player(stage, carol.user, ada.store);
    await player.start(1_000);

    expect(player.client.list.getSnapshot().conversations).toEqual([]);
    expect(player.entries(talk)).toEqual([]);
    expect(grace.texts(talk)).toEqual(["private"]);
    expect(await ada.store.outbox()).toEqual([]);
    expect(await ada.store.me()).toMatchObject({ user: carol.user });
  });

  it("keeps nothing when it is wiped", async () => {
    const { ada, talk } = await twoPeople();
    await say(ada, talk, "private");

    await ada.client.wipe();

    expect(await ada.store.me()).toBeUndefined();
    expect(await ada.store.conversations()).toEqual([]);
    expect(ada.client.list.getSnapshot().conversations).toEqual([]);
    expect(ada.client.me.getSnapshot()).toEqual({ is: "unknown" });
  });
});
