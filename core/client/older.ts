// Scrolling up: first what is on the disk, then what only the server has.

import { seqOf, type ConversationId } from "../domain/ids";
import type { Device } from "./device.types";
import type { StoredEntry } from "./ports/store";
import { firstLoaded, older, type Timeline } from "./timeline";

/** About two screens. */
const FROM_DISK = 50;

export interface Older {
  /** One step further up. */
  load(conversation: ConversationId): Promise<void>;
  /** The newest, unless as many are in memory already. */
  begin(conversation: ConversationId): Promise<void>;
}

export function createOlder(device: Device): Older {
  const { timelines, keeper, connection, store } = device;
  const loading = new Map<ConversationId, Promise<void>>();

  function load(conversation: ConversationId): Promise<void> {
    const running = loading.get(conversation);
    if (running) return running;
    timelines.change(conversation, (timeline) => ({ ...timeline, loadingOlder: true }));
    const run = step(conversation).finally(() => {
      loading.delete(conversation);
      timelines.change(conversation, (timeline) => ({ ...timeline, loadingOlder: false }));
    });
    loading.set(conversation, run);
    return run;
  }

  async function step(conversation: ConversationId): Promise<void> {
    const timeline = timelines.get(conversation);
    if (!timeline) return;
    if ((await fromDisk(timeline)) === "nothing") await fromServer(conversation);
  }

  async function fromDisk({ kept, ...timeline }: Timeline): Promise<"loaded" | "nothing"> {
    const { conversation } = kept;
    const before = firstLoaded({ kept, ...timeline });
    if (before <= kept.from) return "nothing";
    const entries = await store.entriesBefore(conversation, before, FROM_DISK).catch(() => []);
    const result = join(conversation, entries, before);
    // The disk lacks what it should hold: from here up is what there is.
    if (result === "nothing")
      timelines.change(conversation, (now) => ({ ...now, kept: { ...now.kept, from: firstLoaded(now) } }));
    return result;
  }

  function join(conversation: ConversationId, entries: readonly StoredEntry[], before: number) {
    const timeline = timelines.get(conversation);
    if (!timeline) return "nothing";
    const fitting = entries.filter(({ seq }) => seq >= timeline.kept.from);
    const change = older(timeline, fitting);
    timelines.put(change.timeline);
    // The disk holds them as they came; what has lost its text since is to lose it there too.
    const amended = [...change.added, ...change.amended].filter((entry) => !fitting.includes(entry));
    if (amended.length > 0) keeper.change(conversation, { amended });
    return firstLoaded(change.timeline) < before ? "loaded" : "nothing";
  }

  async function fromServer(conversation: ConversationId): Promise<void> {
    const timeline = timelines.get(conversation);
    if (!timeline) return;
    const before = firstLoaded(timeline);
    if (before <= timeline.kept.floor + 1) return;
    const reply = await connection.ask({ action: "sync", conversation, before });
    if (reply.is !== "answered") return;
    const { entries, floor } = reply.answer;
    // Nothing below: whatever was there has expired.
    const lowest = entries.length === 0 ? seqOf(before - 1) : floor;
    const now = timelines.get(conversation);
    if (!now) return;
    const change = older(now, entries, lowest);
    timelines.put(change.timeline);
    keeper.change(conversation, change);
  }

  return {
    load,
    begin: async (conversation) => {
      if (isShort(timelines.get(conversation))) await load(conversation);
    },
  };
}

/** Whether the disk has more of what a screen shows at once. */
export const isShort = (timeline: Timeline | undefined): boolean =>
  timeline !== undefined && timeline.entries.length < FROM_DISK && firstLoaded(timeline) > timeline.kept.from;
