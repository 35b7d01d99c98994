// Pages in the browser's back/forward cache, and stores that do not answer.

import { describe, expect, it } from "vitest";
import { STORE_MS } from "../store-time-limit";
import { browserAndPhone, say } from "./cast";
import { QueuedDisk } from "./queued-disk";

async function browserWithQueuedDisk() {
  const disks: QueuedDisk[] = [];
  const cast = await browserAndPhone(5, (stage) => {
    const disk = new QueuedDisk(stage);
    disks.push(disk);
    return disk.storeOfTab;
  });
  const [disk] = disks;
  if (!disk) throw new Error("unable to play; the profile made no disk");
  cast.first.client.timeline(cast.talk);
  await say(cast.grace, cast.talk, "hello");
  return { ...cast, disk };
}

describe("a page that the browser keeps for its back button", () => {
  it("leaves no transaction open: what is written in the next tab is stored and sent", async () => {
    const { stage, grace, profile, first, talk } = await browserWithQueuedDisk();
    first.goDark();
    void first.client.send(talk, "written by the page that goes");
    await stage.clock.run(100);
    first.surroundings({ awake: false });
    first.heal();

    const second = await profile.open();
    second.client.timeline(talk);
    void second.client.send(talk, "written by the next");
    await stage.clock.run(2_000);

    expect(second.client.storage.getSnapshot()).toEqual({ is: "kept" });
    expect(grace.texts(talk)).toEqual(["hello", "written by the page that goes", "written by the next"]);
    expect(await profile.store.outbox()).toEqual([]);
  });

  it("claims what waits in it when it wakes, and sends it once", async () => {
    const { stage, grace, first, talk, profile } = await browserWithQueuedDisk();
    first.goDark();
    void first.client.send(talk, "written without a line");
    await stage.clock.run(100);
    first.surroundings({ awake: false });
    await stage.clock.run(60_000);
    first.heal();
    first.surroundings({ awake: true });
    await stage.clock.run(5_000);

    expect(grace.texts(talk)).toEqual(["hello", "written without a line"]);
    expect(first.ticks(talk)).toEqual(["written without a line delivered"]);
    expect(await profile.store.outbox()).toEqual([]);
  });

  it("does not bring back what another tab threw away meanwhile", async () => {
    const { stage, grace, profile, first, talk } = await browserWithQueuedDisk();
    const second = await profile.open();
    second.client.timeline(talk);
    await stage.clock.run(100);
    first.goDark();
    const sent = first.client.send(talk, "thrown away");
    await stage.clock.run(100);
    const answer = await sent;
    if (answer.is !== "ok") throw new Error("unable to play on; the message was not taken");
    void grace.client.block(talk);
    first.surroundings({ awake: false });
    await stage.clock.run(5_000);
    expect(second.ticks(talk)).toEqual(["thrown away failed"]);
    void second.client.discard(talk, answer.value);
    void grace.client.unblock(talk);
    await stage.clock.run(2_000);

    first.heal();
    first.surroundings({ awake: true });
    await stage.clock.run(30_000);

    expect(grace.texts(talk)).toEqual(["hello"]);
    for (const tab of [first, second]) expect(tab.texts(talk)).toEqual(["hello"]);
  });
});

describe("a store that does not answer", () => {
  it("holds a message up for its time limit; then it is sent from memory, and the person is told", async () => {
    const { stage, grace, first, talk, disk, profile } = await browserWithQueuedDisk();
    disk.isStalled = true;
    void first.client.send(talk, "from memory");
    await stage.clock.run(STORE_MS - 100);
    expect(grace.texts(talk)).toEqual(["hello"]);
    await stage.clock.run(1_000);

    expect(grace.texts(talk)).toEqual(["hello", "from memory"]);
    expect(first.client.storage.getSnapshot()).toEqual({ is: "memory", why: "silent" });

    disk.isStalled = false;
    await stage.clock.run(120_000);
    expect(first.client.storage.getSnapshot()).toEqual({ is: "kept" });
    expect(await profile.store.outbox()).toEqual([]);
    expect((await profile.store.conversations())[0]).toMatchObject({ cursor: 2 });
  });

  it("is not called one that refuses when the page opens on it", async () => {
    const { stage, grace, profile, first, talk, disk } = await browserWithQueuedDisk();
    first.client.stop();
    disk.isStalled = true;
    const second = await profile.open(STORE_MS + 1_000);

    expect(second.client.storage.getSnapshot()).toEqual({ is: "memory", why: "silent" });
    second.client.timeline(talk);
    await stage.clock.run(STORE_MS + 1_000);
    expect(second.client.timeline(talk).getSnapshot()?.loadingOlder).toBe(false);
    expect(second.texts(talk)).toEqual(["hello"]);
    await say(second, talk, "from memory");
    expect(grace.texts(talk)).toEqual(["hello", "from memory"]);
  });

  it("does not hold up a sign-out, which says that it could not wipe", async () => {
    const { stage, first, disk } = await browserWithQueuedDisk();
    disk.isStalled = true;
    const wiped = first.client.wipe().then(
      () => "wiped",
      (reason: unknown) => String(reason),
    );
    await stage.clock.run(2 * STORE_MS + 100);

    expect(await Promise.race([wiped, Promise.resolve("waits")])).toMatch(/does not answer/);
  });

  it("is not given up where the page only slept", async () => {
    const { stage, first, talk, disk } = await browserWithQueuedDisk();
    disk.isStalled = true;
    void first.client.send(talk, "stored after a sleep");
    await stage.clock.run(100);
    stage.clock.sleep(3_600_000);
    disk.isStalled = false;
    await stage.clock.run(2_000);

    expect(first.client.storage.getSnapshot()).toEqual({ is: "kept" });
    expect(first.texts(talk)).toEqual(["hello", "stored after a sleep"]);
  });
});
