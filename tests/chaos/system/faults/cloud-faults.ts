// What goes wrong in the cloud: its weather, its processes, its time.

import { setTimeout as pause } from "node:timers/promises";
import { between, oneOf } from "../../simulation/chances";
import { say } from "../../simulation/speaking";
import type { Spell } from "../skies";
import type { CloudScene, Fault } from "./fault";

const FUNCTIONS = ["Frames", "Frames", "Frames", "Frames", "Connect", "Disconnect", "Relay"];
/** A send makes no more calls than this before its pushes. */
const MOST_CALLS = 8;

/** A spell of it, short enough that the next one meets another state of affairs. */
const spell = (
  kind: Fault["kind"],
  weight: number,
  what: string,
  of: (scene: CloudScene) => Spell,
  mostMs = 2_500,
): Fault<CloudScene> => ({
  kind,
  weight,
  strike: async (scene) => {
    scene.told(what);
    await scene.skies.begin(of(scene), between(scene.random, 300, mostMs));
  },
});

const pushesLost = spell("N4", 2, "pushes were swallowed", ({ random }) => ({
  callbacks: { lost: between(random, 1, 50) / 100 },
}));
const answersLost = spell("N4", 2, "answers were swallowed", ({ random }) => ({
  answers: { lost: between(random, 1, 50) / 100 },
}));
const endingsLost = spell("N5", 2, "no $disconnect came", () => ({ disconnect: { lost: 0.7 } }), 5_000);
const endingsLate = spell("N5", 2, "every $disconnect came late", () => ({
  disconnect: { late: { p: 0.8, ms: 8_000 } },
}));

const killed = spell("N6", 12, "a function was killed at a call", ({ random }) => ({
  functions: {
    crash: [
      {
        function: oneOf(random, FUNCTIONS),
        call: between(random, 1, MOST_CALLS + 1),
        when: oneOf(random, ["before", "after"] as const),
        times: 1,
        p: 1,
      },
    ],
  },
}));
const allKilled: Fault<CloudScene> = {
  kind: "N6",
  weight: 1,
  strike: async ({ world, random, told }) => {
    if (!world.cloud.isUp) return;
    told("all environments of a function were killed");
    await world.cloud.control.kill("environments", oneOf(random, FUNCTIONS)).catch(() => undefined);
  },
};

/** The device has given up after ten seconds; the gateway after 29. */
const slow = spell(
  "N7",
  3,
  "functions were slower than their askers are patient",
  () => ({ functions: { slow: { p: 0.15, ms: 32_000 } } }),
  1_000,
);

const throttled = spell("N8", 3, "the tables were throttled", () => ({ database: { throttle: 0.3 } }));
const failing = spell("N8", 2, "the tables failed", () => ({ database: { fail: 0.2 } }));
const lying = spell("N8", 4, "the tables wrote and answered with an error", () => ({
  database: { failAfterApplying: 0.25 },
}));
const hanging = spell("N8", 2, "the tables wrote and hung up", () => ({ database: { hangUp: 0.2 } }));
const conflicting = spell("N8", 1, "transactions conflicted", () => ({ database: { conflict: 0.3 } }));
const sluggish = spell("N8", 2, "the tables were slow", () => ({
  database: { slow: { p: 0.3, ms: 3_000 } },
}));

const gone = spell("N9", 3, "posts were answered 410", () => ({ callbacks: { gone: 0.2 } }), 1_000);
const tooMany = spell("N9", 2, "posts were answered 429", () => ({ callbacks: { tooMany: 0.3 } }));
const late = spell("N9", 2, "posts were late", () => ({ callbacks: { late: { p: 0.4, ms: 3_000 } } }));

const streamLate = spell("N10", 3, "the stream was late", () => ({ stream: { late: { p: 1, ms: 10_000 } } }));
const streamReplayed = spell("N10", 3, "the stream came again", () => ({ stream: { replay: 0.8 } }));

const power: Fault<CloudScene> = {
  kind: "N12",
  weight: 1.2,
  strike: async ({ world, told }) => {
    if (!(await world.cloud.kill())) return;
    told("the cloud was killed -9");
    await world.cloud.back();
  },
};
const engine: Fault<CloudScene> = {
  kind: "N12",
  weight: 1.5,
  strike: async ({ world, told }) => {
    if (!world.cloud.isUp) return;
    told("the tables' engine was killed");
    await world.cloud.control.kill("engine").catch(() => undefined);
  },
};

const cutInBurst: Fault = {
  kind: "N13",
  weight: 4,
  strike: async ({ world, device, random, index, told }) => {
    const { looking } = device;
    if (!looking || !device.isRunning || !world.cloud.isUp) return;
    for (let count = 0; count < 3; count += 1)
      void say(device, looking, `${index} in a burst ${count} by ${device.name}`);
    told("sockets were cut as at two hours, inside a burst");
    const open = await world.cloud.control.connections().catch(() => []);
    // All of them are somebody's; which is whose only the cloud knows.
    for (const connectionId of open.filter(() => random() < 0.4))
      await world.cloud.control.cut({ connectionId, code: 1001 }).catch(() => undefined);
  },
};

/** Below the ten minutes after which the gateway cuts what is silent, and above a minute, so that devices ping. */
export const STEP_MS = 9 * 60_000;
const STEP_PAUSE_MS = 150;
/** A token lasts an hour; after the second time every line was renewed. */
const HOUR_STEPS = 6;
/**
 * The relay gathers for a second, is killed and throttled like everything else, and gives up what it cannot do for an
 * hour. So it has fair weather and a few seconds of it before minutes pass, and no two such hours follow at once.
 */
const RELAYED_MS = 3_000;

const hour: Fault = {
  kind: "N13",
  weight: 0.8,
  strike: ({ world, skies, random, index, told }) =>
    skies.fairWhile(async () => {
      await pause(RELAYED_MS);
      told("most of an hour passed, and with it many a token, inside a burst");
      for (let step = 0; step < HOUR_STEPS; step += 1) {
        await world.cloud.turn(STEP_MS);
        const device = oneOf(random, world.devices);
        if (device.looking && device.isRunning)
          void say(device, device.looking, `${index} after ${step + 1} steps by ${device.name}`);
        await pause(STEP_PAUSE_MS);
      }
      await pause(RELAYED_MS);
    }),
};

const everyone: Fault<CloudScene> = {
  kind: "N17",
  weight: 1.5,
  strike: async ({ world, told }) => {
    if (!world.cloud.isUp) return;
    told("everyone was cut at once");
    await world.cloud.control.cut({}).catch(() => undefined);
  },
};

/** These need nobody's device. */
export const BARE_CLOUD_FAULTS: readonly Fault<CloudScene>[] = [
  ...[pushesLost, answersLost, endingsLost, endingsLate, killed, allKilled, slow],
  ...[throttled, failing, lying, hanging, conflicting, sluggish, gone, tooMany, late],
  ...[streamLate, streamReplayed, power, engine, everyone],
];

export const CLOUD_FAULTS: readonly Fault[] = [...BARE_CLOUD_FAULTS, cutInBurst, hour];
