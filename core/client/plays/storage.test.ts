// A store that is full for a while, that the browser takes away, or that never works.

import { describe, expect, it } from "vitest";
import { NO_SEQ, seqOf } from "../../domain/ids";
import { below, seededRandom } from "../../testing/seeded-random";
import { createMemoryStore } from "../memory-store";
import type { ClientStore } from "../ports/store";
import { numbered, opened, say, twoPeople } from "./cast";
import { Player } from "./player";

const quotaExceeded = () => Object.assign(new Error("no room"), { name: "QuotaExceededError" });

/** A store whose writes fail while `refuses` says so. */
function fragile(refuses: () => boolean): ClientStore {
  const store = createMemoryStore();
  const guarded =
    <P extends readonly unknown[]>(write: (...by: P) => Promise<void>) =>
    async (...by: P) => {
      if (refuses()) throw new Error("unable to store", { cause: quotaExceeded() });
      await write(...by);
    };
  return {
    ...store,
    saveMe: guarded(store.saveMe),
    saveLog: guarded(store.saveLog),
    putOutbox: guarded(store.putOutbox),
    removeOutbox: guarded(store.removeOutbox),
  };
}

async function carolOn(store: ClientStore) {
  const { stage, grace } = await twoPeople();
  const carol = new Player(stage, (await stage.person("carol")).user, store);
  await carol.start();
  const talk = await opened(carol, "grace");
  await opened(grace, "carol");
  return { stage, grace, carol, talk };
}

const stored = async (store: ClientStore, talk: Parameters<ClientStore["entriesBefore"]>[0]) =>
  (await store.entriesBefore(talk, seqOf(9_999), 9_999)).map((entry) =>
    entry.kind === "message" ? entry.body.text : entry.kind,
  );

describe("a store that is full", () => {
  it("is told of, holds nothing up, and has everything once there is room again", async () => {
    let isFull = false;
    const store = fragile(() => isFull);
    const { stage, grace, carol, talk } = await carolOn(store);
    await say(carol, talk, "before");
    isFull = true;
    await say(carol, talk, "mine");
    await say(grace, talk, "theirs");
    carol.surroundings({ online: false });
    await say(carol, talk, "waits");

    expect(carol.client.storage.getSnapshot()).toEqual({ is: "memory", why: "full" });
    expect(carol.texts(talk)).toEqual(["before", "mine", "theirs", "waits"]);
    expect(grace.ticks(talk)).toEqual(["theirs sent"]);

    isFull = false;
    await stage.clock.run(10 * 60_000);
    expect(carol.client.storage.getSnapshot()).toEqual({ is: "kept" });
    expect(await stored(store, talk)).toEqual(["before", "mine", "theirs"]);
    expect((await store.outbox()).map((item) => item.kind === "message" && item.body.text)).toEqual([
      "waits",
    ]);

    carol.surroundings({ online: true });
    await stage.clock.run(5_000);
    expect(grace.ticks(talk)).toEqual(["theirs delivered"]);
    expect(await store.outbox()).toEqual([]);
  });

  it("leaves nothing in the outbox of what was sent meanwhile", async () => {
    let isFull = false;
    const store = fragile(() => isFull);
    const { stage, grace, carol, talk } = await carolOn(store);
    carol.surroundings({ online: false });
    await say(carol, talk, "stored before it was full");
    isFull = true;
    carol.surroundings({ online: true });
    await stage.clock.run(2_000);
    expect(await store.outbox()).toHaveLength(1);

    isFull = false;
    await stage.clock.run(10 * 60_000);

    expect(await store.outbox()).toEqual([]);
    expect(grace.texts(talk)).toEqual(["stored before it was full"]);
  });

  it.each(Array.from({ length: 25 }, (_, index) => index + 1))(
    "now and then, holds the whole log in the end: seed %i",
    async (seed) => {
      const random = seededRandom(seed);
      let refusing = false;
      const store = fragile(() => refusing && random() < 0.7);
      const { stage, grace, carol, talk } = await carolOn(store);
      const written: string[] = [];
      for (let index = 0; index < 40; index += 1) {
        if (random() < 0.2) refusing = !refusing;
        const player = random() < 0.5 ? carol : grace;
        written.push(`${index}`);
        void player.client.send(talk, `${index}`);
        if (random() < 0.1) carol.cut();
        await stage.clock.run(below(random, 20_000));
      }
      refusing = false;
      await stage.clock.run(20 * 60_000);

      const log = await stage.world.log.readFrom(talk, NO_SEQ, 1_000);
      const texts = log.map((entry) => (entry.kind === "message" ? entry.body.text : ""));
      expect([...texts].sort()).toEqual(written.sort());
      expect(carol.texts(talk)).toEqual(texts);
      expect(await stored(store, talk)).toEqual(texts);
      expect(await store.outbox()).toEqual([]);
      expect(await store.conversations()).toMatchObject([{ cursor: log.length, from: 1 }]);
    },
  );
});

describe("a store that the browser takes away", () => {
  it("is filled again with what the page still has", async () => {
    const store = createMemoryStore();
    let purge = () => {};
    const { stage, grace, carol, talk } = await carolOn(
      Object.assign(store, { whenPurged: (then: () => void) => void (purge = then) }),
    );
    await say(grace, talk, ...numbered("message", 1, 3));
    carol.surroundings({ online: false });
    await say(carol, talk, "waits");

    await store.wipe();
    purge();
    expect(carol.client.storage.getSnapshot()).toEqual({ is: "memory", why: "purged" });
    await stage.clock.run(60_000);

    expect(carol.client.storage.getSnapshot()).toEqual({ is: "kept" });
    expect(await stored(store, talk)).toEqual(numbered("message", 1, 3));
    expect(await store.outbox()).toHaveLength(1);
    expect(await store.me()).toMatchObject({ user: carol.line.user });
  });
});

describe("a store that answers only later", () => {
  it("gives what it held then: nothing that waited in it is lost", async () => {
    const { stage, ada, grace, talk } = await twoPeople();
    ada.surroundings({ online: false });
    await say(ada, talk, "written before");
    ada.client.stop();
    const { me } = ada.store;
    ada.store.me = () => new Promise(() => {});
    ada.surroundings({ online: true });
    await ada.reload();
    await stage.clock.run(6_000);
    expect(ada.client.storage.getSnapshot().is).toBe("memory");
    expect(grace.texts(talk)).toEqual([]);

    ada.store.me = me;
    await stage.clock.run(60_000);

    expect(ada.client.storage.getSnapshot()).toEqual({ is: "kept" });
    expect(grace.texts(talk)).toEqual(["written before"]);
    expect(await ada.store.outbox()).toEqual([]);
  });
});
