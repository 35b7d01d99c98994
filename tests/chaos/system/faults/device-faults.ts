// What happens to devices, to their clocks and stores, and to people's sessions; and what people do to one another.

import type { ConversationId } from "../../../../core/domain/ids";
import { below } from "../../../../core/testing/seeded-random";
import { between, oneOf } from "../../simulation/chances";
import { ATTACKS } from "../../simulation/hostile";
import { say, turn } from "../../simulation/speaking";
import type { Device } from "../device";
import { FRAIL, type World } from "../world";
import type { Fault, Scene } from "./fault";

const knows = (device: Device, conversation: ConversationId) =>
  device.client.timeline(conversation).getSnapshot() !== undefined;

const clock: Fault = {
  kind: "N11",
  weight: 3,
  strike: ({ device, random, told }) => {
    device.aheadMs = between(random, -600_000, 600_000);
    told("a device's clock jumped");
  },
};

const stale: Fault = {
  kind: "N14",
  weight: 3,
  strike: ({ device, told }) => {
    device.tokenTroubles.push("stale");
    device.line.cut();
    told("a line was cut and the token of before was offered");
  },
};

const noPool: Fault = {
  kind: "N14",
  weight: 2,
  strike: ({ device, random, told }) => {
    device.tokenTroubles.push(...Array.from({ length: between(random, 1, 4) }, () => "unreachable" as const));
    device.line.cut();
    told("a line was cut and the user pool was not reached");
  },
};

const freeze: Fault = {
  kind: "N15",
  weight: 2,
  strike: ({ device, random, told, undo }) => {
    device.freeze();
    undo(between(random, 200, 8_000), () => device.thaw());
    told("a tab hung for a while");
  },
};

const doze: Fault = {
  kind: "N15",
  weight: 2,
  strike: ({ device, random, told, undo }) => {
    device.surroundings({ awake: false });
    undo(between(random, 200, 8_000), () => device.surroundings({ awake: true }));
    told("a tab was frozen by its browser for a while");
  },
};

const reload: Fault = {
  kind: "N15",
  weight: 3,
  strike: ({ device, told }) => {
    if (!device.isRunning) return;
    device.reload();
    told("a page was loaded again");
  },
};

const frail = ({ world, random }: Scene) => world.device(oneOf(random, FRAIL));

const full: Fault = {
  kind: "N15",
  weight: 1,
  strike: (scene) => {
    const device = frail(scene);
    device.store.fill(true);
    scene.undo(between(scene.random, 500, 8_000), () => device.store.fill(false));
    scene.told("a store was full for a while");
  },
};

const purge: Fault = {
  kind: "N15",
  weight: 1,
  strike: async (scene) => {
    scene.told("a store was purged");
    await frail(scene).store.purge();
  },
};

const blockRace: Fault = {
  kind: "N16",
  weight: 4,
  strike: ({ world, device, random, index, told, undo }) => {
    const conversation = oneOf(random, world.conversationsOf(device.user));
    if (!device.isRunning || !knows(device, conversation)) return;
    for (const [count, one] of othersIn(world, conversation, device).entries())
      undo(below(random, 60), () => {
        if (one.isRunning) void say(one, conversation, `${index} against a block ${count} by ${one.name}`);
      });
    void turn(device, conversation, "block");
    undo(between(random, 20, 4_000), () => void turn(device, conversation, "unblock"));
    told("a block and its end raced sends");
  },
};

const othersIn = (world: World, conversation: ConversationId, but: Device) =>
  world.devices.filter(
    (one) => one !== but && conversation.split(".").includes(one.user) && knows(one, conversation),
  );

/** In the talk that Mallory is in, and against one that she is not in. */
const hostile: Fault = {
  kind: "N19",
  weight: 8,
  strike: ({ world, random, index, told }) => {
    const { mallory, ada } = { mallory: world.member("mallory").user, ada: world.member("ada").user };
    const other = world.conversationsOf(mallory).find((one) => one.split(".").includes(ada));
    const talk = world.conversationsOf(ada).find((one) => !one.split(".").includes(mallory));
    if (!other || !talk) return;
    const shown = world.device("mallory-phone").screen.entries(other);
    const entries = shown.flatMap(({ seq, id, from }) => (seq === undefined ? [] : [{ seq, id, from }]));
    if (entries.length === 0) return;
    const seen = { backend: { log: { entries: () => entries } } };
    const frame = oneOf(random, ATTACKS)(seen, { ada, mallory, talk, other }, random, index);
    if (world.raw.say(frame)) told("a hostile frame");
  },
};

export const DEVICE_FAULTS: readonly Fault[] = [
  ...[clock, stale, noPool, freeze, doze, reload, full, purge, blockRace, hostile],
];
