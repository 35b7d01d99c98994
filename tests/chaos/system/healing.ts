// Whether all is as it should be again: nothing waits, every device is live, and each shows what the log says. Sockets
// that are dead without a word stay dead; that they are found out is part of it.

import { setTimeout as pause } from "node:timers/promises";
import type { ConversationId } from "../../../core/domain/ids";
import { isHidden } from "../checker/scene";
import type { LogEntry, Shown } from "../history/event";
import type { Device } from "./device";
import type { World } from "./world";

export type Healing = {
  readonly tookMs: number;
  /** What was wrong for the longest. */
  readonly last?: string;
  /** What was still wrong when patience ended. */
  readonly why?: string;
};

const STEP_MS = 100;
/** More than the promise allows, to see by how much it was missed. */
const PATIENCE_MS = 150_000;
/** A look at the tables; the whole logs are judged in the end. */
const NEWEST = 200;

/** `whole`: every conversation, else those that somebody looks at. */
export async function heal(world: World, whole: boolean): Promise<Healing> {
  const since = performance.now();
  let last: string | undefined;
  for (;;) {
    const why = await unhealed(world, whole);
    const tookMs = Math.round(performance.now() - since);
    if (why === undefined) return { tookMs, ...(last === undefined ? {} : { last }) };
    last = why;
    if (tookMs > PATIENCE_MS) return { tookMs, why };
    await pause(STEP_MS);
  }
}

/** The first thing that is not as it should be. What is cheap to see is looked at first. */
async function unhealed(world: World, whole: boolean): Promise<string | undefined> {
  for (const device of world.devices) {
    if (!device.isUp) return `${device.name} is not live`;
    const waiting = (await device.store.outbox()).find(({ state }) => state.is === "waiting");
    if (waiting && device.client.storage.getSnapshot().is === "kept")
      return `${device.name}: ${waiting.kind} ${waiting.id} waits`;
  }
  const apart = world.conversations.find((conversation) => !areAlike(world, conversation, whole));
  if (apart !== undefined) return `the devices do not show the same of ${apart}`;
  for (const conversation of world.conversations) {
    const watchers = watchersOf(world, conversation, whole);
    if (watchers.length === 0) continue;
    const log = await world.log(conversation, NEWEST);
    for (const device of watchers) {
      const why = differs(device, conversation, log);
      if (why !== undefined) return `${device.name}: ${why}`;
    }
  }
  return undefined;
}

const watchersOf = (world: World, conversation: ConversationId, whole: boolean) =>
  world.devices.filter(
    ({ user, looking }) => conversation.split(".").includes(user) && (whole || looking === conversation),
  );

const lastShown = (device: Device, conversation: ConversationId) =>
  device.screen
    .entries(conversation)
    .filter(({ seq }) => seq !== undefined)
    .at(-1)?.seq;

function areAlike(world: World, conversation: ConversationId, whole: boolean): boolean {
  const lasts = watchersOf(world, conversation, whole).map((device) => lastShown(device, conversation));
  return new Set(lasts).size <= 1;
}

function differs(device: Device, conversation: ConversationId, log: readonly LogEntry[]): string | undefined {
  const view = device.screen.entries(conversation);
  const last = log.filter((entry) => !isHidden(entry)).at(-1)?.seq ?? 0;
  const shown = lastShown(device, conversation) ?? 0;
  if (shown < last) return `shows up to ${shown} of ${last}`;
  const bySeq = new Map(log.map((entry) => [entry.seq, entry]));
  const oldest = log[0]?.seq ?? 0;
  const wrong = view.find(
    (entry) => (entry.seq ?? oldest) >= oldest && !agrees(entry, bySeq.get(entry.seq ?? 0)),
  );
  return wrong && `shows ${wrong.id}@${wrong.seq} (${wrong.tick ?? wrong.kind}) other than the log`;
}

function agrees(shown: Shown, stands: LogEntry | undefined): boolean {
  if (shown.seq === undefined) return shown.tick === "failed";
  if (!stands) return false;
  if (stands.kind === "erased") return shown.kind === "deleted";
  return shown.text === stands.text && String(shown.reactions ?? []) === String(stands.reactions ?? []);
}

export const healedOf = ({ tookMs, why }: Healing) => (why === undefined ? { healedMs: tookMs } : {});
export const sentenceOf = ({ tookMs, why, last }: Healing) =>
  why === undefined
    ? `healed after ${(tookMs / 1_000).toFixed(1)} s${last === undefined ? "" : `; last: ${last}`}`
    : `not healed: ${why}`;
