// A tick never goes back, not even when the page is loaded again at once: a page shows a tick when the next page would
// read it from the disk.

import { describe, expect, it } from "vitest";
import { createMemoryStore } from "../memory-store";
import { browserAndPhone, opened, say } from "./cast";
import { Player } from "./player";
import { slowDisk } from "./slow-disk";
import { Stage, type Weather } from "./stage";

const WRITE_MS = 200;

/** Ada, whose disk is slow, and Grace. */
async function onSlowDisk() {
  const stage = new Stage();
  const disk: { writeMs: number | "refused" } = { writeMs: 0 };
  const store = slowDisk(createMemoryStore(), stage.clock, () => disk.writeMs)();
  const ada = new Player(stage, (await stage.person("ada")).user, store);
  const grace = new Player(stage, (await stage.person("grace")).user);
  await ada.start();
  await grace.start();
  const talk = await opened(ada, "grace");
  await opened(grace, "ada");
  disk.writeMs = WRITE_MS;
  return { stage, disk, store, ada, grace, talk };
}

type Scene = Awaited<ReturnType<typeof onSlowDisk>>;

/** Runs until Ada's page shows this tick, then cuts her network and loads the page again at once. */
async function reloadOnce({ stage, store, ada, talk }: Scene, tick: string): Promise<void> {
  for (let step = 0; step < 500 && ada.ticks(talk).at(-1) !== tick; step += 1) await stage.clock.run(5);
  expect(ada.ticks(talk).at(-1)).toBe(tick);
  ada.surroundings({ online: false });
  store.abandon();
  await ada.reload();
  await stage.clock.run(2 * WRITE_MS);
  ada.client.timeline(talk);
  await stage.clock.run(2 * WRITE_MS);
}

describe("a tick, on a slow disk", () => {
  it("does not fall to waiting when the page is loaded again as soon as it is drawn", async () => {
    const scene = await onSlowDisk();
    void scene.ada.client.send(scene.talk, "hello");
    await reloadOnce(scene, "hello sent");

    expect(scene.ada.ticks(scene.talk)).toEqual(["hello sent"]);
  });

  it("does not fall where something below the message is missing", async () => {
    const scene = await onSlowDisk();
    const onlyAnswers: Weather = (way, text) =>
      way === "down" && /^\{"type":"(entries|page)"/.test(text) ? [] : [5];
    scene.ada.line.weather = onlyAnswers;
    await say(scene.grace, scene.talk, "missed");
    void scene.ada.client.send(scene.talk, "behind it");
    await reloadOnce(scene, "behind it sent");

    expect(scene.ada.ticks(scene.talk)).toEqual(["behind it sent"]);
  });

  it.each(["delivered", "read"])("does not fall from %s", async (tick) => {
    const scene = await onSlowDisk();
    const { stage, ada, grace, talk } = scene;
    void ada.client.send(talk, "hello");
    await stage.clock.run(5_000);
    const seq = grace.entries(talk).at(-1)?.seq;
    if (tick === "read" && seq !== undefined) grace.client.shown(talk, seq);
    await reloadOnce(scene, `hello ${tick}`);

    expect(ada.ticks(talk)).toEqual([`hello ${tick}`]);
  });

  it("rises all the same when the disk refuses", async () => {
    const { stage, disk, ada, talk } = await onSlowDisk();
    void ada.client.send(talk, "hello");
    await stage.clock.run(WRITE_MS + 20);
    disk.writeMs = "refused";
    await stage.clock.run(5_000);

    expect(ada.client.storage.getSnapshot().is).toBe("memory");
    expect(ada.ticks(talk)).toEqual(["hello delivered"]);
  });

  it("does not fall when the conversation is closed while the disk refuses", async () => {
    const { stage, disk, ada, talk } = await onSlowDisk();
    void ada.client.send(talk, "hello");
    await stage.clock.run(WRITE_MS + 20);
    disk.writeMs = "refused";
    await stage.clock.run(5_000);
    expect(ada.ticks(talk)).toEqual(["hello delivered"]);
    void ada.client.block(talk);
    await stage.clock.run(5_000);

    expect(ada.client.timeline(talk).getSnapshot()?.closed).toBe(true);
    expect(ada.ticks(talk)).toEqual(["hello delivered"]);
  });

  it("stands on every tab of the browser when the one that leads hangs", async () => {
    const { stage, profile, first, talk } = await browserAndPhone(1);
    const second = await profile.open();
    second.client.timeline(talk);
    void first.client.send(talk, "hello");
    await stage.clock.run(1_000);
    expect(second.ticks(talk)).toEqual(["hello delivered"]);
    const ticks = new Set<string>();
    second.client.timeline(talk).subscribe(() => ticks.add(second.ticks(talk).join()));
    first.freeze();
    await stage.clock.run(10_000);

    expect(profile.leading()).toContain(second);
    expect([...ticks]).not.toContain("hello waiting");
    expect(second.ticks(talk)).toEqual(["hello delivered"]);
  });
});
