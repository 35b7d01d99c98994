// The end of a run: all is calm, everybody unblocks, all views become whole, and then everybody leaves. What is then
// on disks and in tables is told.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CONNECTION_MS } from "../../../core/domain/limits";
import { turn } from "../simulation/speaking";
import { Device } from "./device";
import { heal, healedOf, sentenceOf, type Healing } from "./healing";
import { problemsIn } from "./problems";
import type { World } from "./world";

/** A store that was full is asked again after eight minutes at the latest. */
const STORES_MS = 8 * 60_000;
/** Late `$disconnect`s, and what they set going. */
const LEAVING_MS = 3_000;

export async function close(world: World, say: (line: string) => void): Promise<readonly Healing[]> {
  const { recorder, devices, cloud } = world;
  world.raw.leave();
  recorder.tell({ is: "calm" });
  for (const device of devices) {
    device.store.fill(false);
    for (const conversation of world.conversationsOf(device.user)) void turn(device, conversation, "unblock");
  }
  const looked = await heal(world, false);
  say(`  in the end: ${sentenceOf(looked)}`);
  recorder.tell({ is: "rest", whole: false, ...healedOf(looked), looked: {} });
  await cloud.turn(STORES_MS);
  for (const { line } of devices) line.cut();
  // Nothing of theirs is on a disk yet.
  for (const member of world.members) {
    const device = new Device(world, `${member.name}-fresh`, member);
    [device.looking] = world.conversationsOf(device.user);
    device.start();
    devices.push(device);
  }
  await openAll(world);
  const whole = await heal(world, true);
  say(`  with everything read anew: ${sentenceOf(whole)}`);
  recorder.tell({
    is: "rest",
    whole: true,
    ...healedOf(whole),
    looked: Object.fromEntries(devices.flatMap(({ name, looking }) => (looking ? [[name, looking]] : []))),
  });
  await tellOutboxes(world);
  await leave(world);
  await tellTables(world);
  return [looked, whole];
}

/** A list shows the newest conversations; what else there is a person opens, and reads to its beginning. */
async function openAll(world: World): Promise<void> {
  for (const device of world.devices)
    for (const conversation of world.conversationsOf(device.user)) device.client.timeline(conversation);
}

async function tellOutboxes({ devices, recorder }: World): Promise<void> {
  for (const { store, name: profile } of devices) {
    const items = await store.outbox();
    recorder.tell({
      is: "outbox",
      profile,
      items: items.map(({ id, conversation, kind, state }) => ({ id, conversation, kind, state: state.is })),
    });
  }
}

async function leave({ devices, cloud }: World): Promise<void> {
  for (const device of devices) device.close();
  await new Promise((resolve) => setTimeout(resolve, LEAVING_MS));
  await cloud.turn(CONNECTION_MS + 60_000);
}

async function tellTables(world: World): Promise<void> {
  const { recorder, cloud, members, conversations } = world;
  for (const { user } of members) {
    for (const conversation of world.conversationsOf(user)) {
      const marks = await cloud.tables.marks(user, conversation);
      if (marks) recorder.tell({ is: "inbox", user, conversation, ...marks });
    }
    const left = await cloud.tables.ready(user, cloud.time.now());
    recorder.tell({ is: "ghosts", user, sockets: left.map(({ connectionId }) => connectionId) });
  }
  for (const conversation of conversations)
    recorder.tell({ is: "log", conversation, entries: await world.log(conversation) });
  recorder.tell({ is: "dead-letters", found: await cloud.control.deadLetters(), planted: 0 });
  const { logsDir } = cloud;
  for (const name of logsDir === undefined ? [] : readdirSync(logsDir))
    for (const why of problemsIn(readFileSync(join(logsDir ?? "", name), "utf8")))
      recorder.tell({ is: "problem", ours: true, why: `${name}: ${why}` });
}
