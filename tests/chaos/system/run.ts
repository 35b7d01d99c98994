// One run of the whole system, from its first frame to its last log.

import { setTimeout as pause } from "node:timers/promises";
import { below } from "../../../core/testing/seeded-random";
import type { Random } from "../../../core/domain/ports/clock";
import { chancesOf, oneOf } from "../simulation/chances";
import { OPERATIONS } from "../simulation/speaking";
import { close } from "./closing";
import type { Device } from "./device";
import type { Fault } from "./faults/fault";
import { heal, healedOf, sentenceOf, type Healing } from "./healing";
import type { Act } from "./plan";
import { Skies } from "./skies";
import { Undoing } from "./undoing";
import type { World } from "./world";

export type Played = { readonly healings: readonly Healing[] };

/** What waits in all outboxes together: a device that does not know that its line is dead holds a minute of talk. */
const MOST_WAITING = 600;
const LOOK_EVERY = 25;

export async function play(world: World, acts: readonly Act[], say: (line: string) => void): Promise<Played> {
  const skies = new Skies(world.cloud, world.seed);
  const undoing = new Undoing();
  const striking = new Set<Promise<void>>();
  const healings: Healing[] = [];
  await greet(world);

  const calm = async () => {
    undoing.all();
    await Promise.all(striking);
    undoing.all();
    await skies.clear();
    await world.cloud.back();
    for (const device of world.devices) {
      device.line.clear();
      device.thaw();
      device.tokenTroubles.length = 0;
      device.surroundings({ awake: true, online: true, visible: true });
    }
  };
  const quiet = async () => {
    await calm();
    world.raw.leave();
    const healing = await heal(world, false);
    healings.push(healing);
    world.recorder.tell({ is: "rest", whole: false, ...healedOf(healing), looked: {} });
    say(`  quiet: ${sentenceOf(healing)}`);
    world.raw.come();
  };
  const strike = (fault: Fault, device: Device, index: number) => {
    const random = chancesOf(world.seed, `fault ${index}`);
    const told = (what: string) => world.recorder.tell({ is: "fault", kind: fault.kind, what });
    const undo = undoing.after;
    const done = Promise.resolve(fault.strike({ world, skies, device, random, index, undo, told }));
    striking.add(done);
    void done.finally(() => striking.delete(done));
  };

  for (const act of acts) {
    if (act.afterMs > 0) await pause(act.afterMs);
    if (act.index % LOOK_EVERY === 0) await untilFewWait(world);
    const random = chancesOf(world.seed, `act ${act.index}`);
    const device = oneOf(random, world.devices);
    if (act.deed.is === "quiet") await quiet();
    else if (act.deed.is === "fault") strike(act.deed.fault, device, act.index);
    else if (!device.isRunning) continue;
    else if (act.deed.is === "hide") device.surroundings({ visible: !device.visible });
    else {
      const conversation = whereabouts(world, device, random);
      if (device.client.timeline(conversation).getSnapshot())
        void OPERATIONS[act.deed.what](device, conversation, random, act.index);
    }
  }
  await calm();
  healings.push(...(await close(world, say)));
  return { healings };
}

/** A conversation in which nobody has said anything does not exist for the other. */
export async function greet(world: World): Promise<void> {
  for (const [index, conversation] of world.conversations.entries()) {
    const device = world.devices.find(
      ({ user, client }) =>
        conversation.split(".").includes(user) && client.timeline(conversation).getSnapshot(),
    );
    if (!device) throw new Error(`unable to begin; nobody knows ${conversation}`);
    void OPERATIONS.send(device, conversation, chancesOf(world.seed, `greeting ${index}`), -1 - index);
  }
  await heal(world, false);
}

/** Mostly where they look. */
function whereabouts(world: World, { looking, user }: Device, random: Random) {
  return looking && below(random, 4) > 0 ? looking : oneOf(random, world.conversationsOf(user));
}

async function untilFewWait(world: World): Promise<void> {
  for (;;) {
    const outboxes = await Promise.all(world.devices.map(({ store }) => store.outbox()));
    const waiting = outboxes.flat().filter(({ state }) => state.is === "waiting");
    if (waiting.length <= MOST_WAITING) return;
    await pause(50);
  }
}
