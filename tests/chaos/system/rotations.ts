// Sockets that replace one another before their tokens end, by the hundred: hours pass in steps, people go on talking,
// and the rows of the server are looked at all the while. A device must have a ready row at every look, and hear at once
// of all that is said, on whichever socket it has.

import { writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { check } from "../checker/check";
import { PROMPT_MS } from "../checker/rules/converges";
import { isGreen } from "../checker/verdict";
import type { History } from "../history/event";
import { chancesOf, oneOf } from "../simulation/chances";
import { say as write } from "../simulation/speaking";
import { SystemCloud } from "./cloud";
import { STEP_MS } from "./faults/cloud-faults";
import { heal } from "./healing";
import { hearingsIn } from "./hearings";
import type { Options } from "./options";
import { greet } from "./run";
import { until } from "./until";
import { World } from "./world";
import { writeHistory } from "./write";

export type Rotations = {
  readonly rotations: number;
  readonly looks: number;
  /** When, and on which device. */
  readonly withoutReadyRow: readonly string[];
  readonly messages: number;
  readonly due: number;
  readonly missed: readonly string[];
  readonly slowestMs: number;
  readonly isGreen: boolean;
};

const WRITE_EVERY_MS = 30;
/** Several things are said meanwhile, and lines that are due are renewed. */
const STEP_PAUSE_MS = 150;
/** A rotation takes some tens of milliseconds; the engine has other things to do as well. */
const LOOK_EVERY_MS = 5;
const PATIENCE_MS = 30_000;

export async function runRotations(options: Options, say: (line: string) => void): Promise<Rotations> {
  mkdirSync(options.outDir, { recursive: true });
  const cloud = await SystemCloud.start(join(options.outDir, "cloud-rotations"));
  let isOver = false;
  try {
    const world = await World.assemble(options.seed, cloud);
    world.raw.leave();
    await greet(world);
    const from = world.recorder.events.length;
    let isHushed = false;
    const looking = lookAtRows(world, () => isOver);
    const talking = talk(world, { isOver: () => isOver, isHushed: () => isHushed });
    while (rotationsIn(world.recorder.events.slice(from)) < options.rotations) {
      // A question that is under way would find that minutes have passed while it waited for its answer.
      isHushed = true;
      const answered = () => until(() => underWay(world), PATIENCE_MS);
      await answered();
      if (!(await cloud.turn(STEP_MS, answered))) throw new Error("unable to go on; the cloud is gone");
      isHushed = false;
      await pause(STEP_PAUSE_MS);
    }
    isOver = true;
    const [{ looks, withoutReadyRow }] = [await looking, await talking];
    const { why } = await heal(world, false);
    if (why !== undefined) throw new Error(`unable to end; ${why}`);
    for (const conversation of world.conversations)
      world.recorder.tell({ is: "log", conversation, entries: await world.log(conversation) });
    for (const device of world.devices) device.close();
    const history = world.recorder.events;
    const rotations = rotationsIn(history.slice(from));
    const hearings = hearingsIn(world.devices, history.slice(from));
    const verdict =
      isGreen(check(history)) &&
      withoutReadyRow.length === 0 &&
      hearings.missed.length === 0 &&
      hearings.slowestMs <= PROMPT_MS;
    const report = { rotations, looks, withoutReadyRow, ...hearings, isGreen: verdict };
    writeFileSync(join(options.outDir, "rotations.json"), `${JSON.stringify(report, undefined, 2)}\n`);
    writeFileSync(join(options.outDir, "rotations.md"), markdownOf(report));
    writeHistory(join(options.outDir, "rotations.jsonl"), history);
    say(markdownOf(report));
    for (const line of [...withoutReadyRow, ...hearings.missed].slice(0, 20)) say(`  ${line}`);
    return report;
  } finally {
    isOver = true;
    await cloud.stop();
  }
}

function underWay({ devices }: World): string | undefined {
  for (const { name, isUp, line } of devices) {
    if (!isUp || line.sockets !== 1)
      return `${name} has ${line.sockets} sockets, and is ${isUp ? "" : "not "}live`;
    if (line.unanswered.length > 0) return `${name} waits for answers to ${line.unanswered.join(", ")}`;
  }
  return undefined;
}

/** Each row of each device, again and again, straight from the engine. */
async function lookAtRows(world: World, isOver: () => boolean) {
  let looks = 0;
  const withoutReadyRow: string[] = [];
  while (!isOver()) {
    await pause(LOOK_EVERY_MS);
    for (const { user } of world.members) {
      const now = world.cloud.time.now();
      const ready = await world.cloud.tables.ready(user, now).catch((error: unknown) => {
        if (!isOver()) throw error;
      });
      if (!ready) break;
      for (const device of world.devices.filter((one) => one.user === user)) {
        const me = await device.store.me();
        looks += 1;
        if (!ready.some((row) => row.device === me?.device))
          withoutReadyRow.push(`${Date.now()} ${device.name}`);
      }
    }
  }
  return { looks, withoutReadyRow };
}

type Talking = { readonly isOver: () => boolean; readonly isHushed: () => boolean };

async function talk(world: World, { isOver, isHushed }: Talking): Promise<void> {
  const random = chancesOf(world.seed, "talk");
  for (let index = 0; !isOver(); index += 1) {
    await pause(WRITE_EVERY_MS);
    if (isHushed()) continue;
    const device = oneOf(random, world.devices);
    const conversation = oneOf(random, world.conversationsOf(device.user));
    void write(device, conversation, `${index} by ${device.name}`);
  }
}

const rotationsIn = (history: History): number =>
  history.filter((event) => event.is === "socket" && event.what === "dropped by the client").length;

const markdownOf = (report: Rotations): string =>
  [
    "| Rotations | |",
    "|---|---|",
    `| Sockets replaced before they ended, while people talked | ${report.rotations} |`,
    `| Looks at the rows of a device meanwhile | ${report.looks} |`,
    `| Looks that found no ready row | ${report.withoutReadyRow.length} |`,
    `| Messages; times that one was due on a device | ${report.messages}; ${report.due} |`,
    `| Times that it was not heard | ${report.missed.length} |`,
    `| The slowest after its sender had the answer | ${report.slowestMs} ms |`,
    "",
  ].join("\n");
