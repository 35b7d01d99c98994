// What a message costs in write units when both sides write at once, at a person's pace and far above it: a put whose
// slot the other took first is billed too. No faults; the limit of a person's rate is raised out of the way.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ConversationId, Seq } from "../../../core/domain/ids";
import { say as write } from "../simulation/speaking";
import type { Usage } from "../../../local/meter/usage";
import { SystemCloud } from "./cloud";
import type { Device } from "./device";
import { heal } from "./healing";
import type { Options } from "./options";
import { unitsIn } from "./report";
import { greet } from "./run";
import { World, type Cast } from "./world";

const TWO: Cast = { devices: { ada: ["ada-phone"], grace: ["grace-phone"] }, talks: [["ada", "grace"]] };
/** Messages a second from each side. */
const RATES = [1, 5, 20] as const;
const MESSAGES_EACH = { 1: 60, 5: 200, 20: 400 } as const;
/** Above what is tried here; see RATE_MESSAGES in core/domain/limits.ts. */
const RATE_LIMIT = "2000";

export type Pace = {
  readonly aSecondFromEach: number;
  readonly messages: number;
  readonly logUnits: number;
  readonly slotsTaken: number;
  readonly markUnits: number;
  readonly framesUp: number;
};

export async function runPace(options: Options, say: (line: string) => void): Promise<readonly Pace[]> {
  mkdirSync(options.outDir, { recursive: true });
  process.env["PARLEY_RATE_MESSAGES"] = RATE_LIMIT;
  const cloud = await SystemCloud.start(join(options.outDir, "cloud-pace"));
  try {
    const world = await World.assemble(options.seed, cloud, TWO);
    await greet(world);
    const paces: Pace[] = [];
    for (const rate of RATES) paces.push(await measure(world, rate));
    for (const device of world.devices) device.close();
    writeFileSync(join(options.outDir, "pace.json"), `${JSON.stringify(paces, undefined, 2)}\n`);
    writeFileSync(join(options.outDir, "pace.md"), markdownOf(paces));
    say(markdownOf(paces));
    return paces;
  } finally {
    await cloud.stop();
  }
}

async function measure(world: World, rate: (typeof RATES)[number]): Promise<Pace> {
  const [conversation] = world.conversations;
  if (!conversation) throw new Error("unable to measure; there is no conversation");
  const { control } = world.cloud;
  await warmUp(world, conversation);
  await control.resetMeter();
  const leave = world.devices.map((device) => readAlong(device, conversation));
  const messages = MESSAGES_EACH[rate];
  await Promise.all(world.devices.map((device) => writeAt(device, conversation, rate, messages)));
  await heal(world, true);
  for (const stop of leave) stop();
  const used = await control.meter();
  return {
    aSecondFromEach: rate,
    messages: 2 * messages,
    logUnits: unitsIn([used], /Log/),
    slotsTaken: failedPuts(used),
    markUnits: unitsIn([used], /Inbox/),
    framesUp: used.frames.reduce((sum, { direction, count }) => sum + (direction === "up" ? count : 0), 0),
  };
}

/** On AWS two events at once run side by side; here an environment is started only for one that has waited. */
async function warmUp(world: World, conversation: ConversationId): Promise<void> {
  const { control } = world.cloud;
  await control.weather({ functions: { slow: { p: 1, ms: 200 } } });
  await Promise.all(world.devices.map((device) => writeAt(device, conversation, 20, 40)));
  await heal(world, true);
  await control.weather({});
}

/** Evenly, and never waiting for an answer: people do not. */
function writeAt(device: Device, conversation: ConversationId, rate: number, messages: number) {
  return new Promise<void>((resolve) => {
    let written = 0;
    const timer = setInterval(() => {
      void write(device, conversation, `${(written += 1)} at ${rate} a second by ${device.name}`);
      if (written < messages) return;
      clearInterval(timer);
      resolve();
    }, 1_000 / rate);
  });
}

/** Whoever writes also sees what is written. */
function readAlong(device: Device, conversation: ConversationId): () => void {
  const timeline = device.client.timeline(conversation);
  return timeline.subscribe(() =>
    queueMicrotask(() => {
      const last = timeline.getSnapshot()?.entries.reduce((most, { seq = 0 }) => Math.max(most, seq), 0);
      // It is on the screen, so it is a seq of the log.
      if (last) device.client.shown(conversation, last as Seq);
    }),
  );
}

const failedPuts = ({ database }: Usage): number =>
  database
    .filter(({ action, table }) => action.includes("PutItem") && table.includes("Log"))
    .reduce((sum, { failed }) => sum + failed, 0);

const markdownOf = (paces: readonly Pace[]): string =>
  [
    "| Messages a second from each side | messages | write units of the log a message | slots that the other took | frames up a message | units of marks and rows a message |",
    "|---|---|---|---|---|---|",
    ...paces.map((pace) => {
      const each = (units: number) => (units / pace.messages).toFixed(2);
      return `| ${pace.aSecondFromEach} | ${pace.messages} | ${each(pace.logUnits)} | ${pace.slotsTaken} | ${each(pace.framesUp)} | ${each(pace.markUnits)} |`;
    }),
    "",
  ].join("\n");
