// What a tab does first that takes over from another: it shows more than the store holds. What the one before had
// told it and not yet stored is stored now, and what the outbox in the store holds beyond that is taken up.

import { nextSeq, type ConversationId, type EntryId, type UserId } from "../domain/ids";
import type { DeviceAsked } from "./device";
import type { Device } from "./device.types";
import { pendingOf, targetOf, type Pending } from "./outbox";
import { pointed } from "./queueing";
import type { OutboxItem, StoredEntry } from "./ports/store";
import type { Sender } from "./sender";
import { isAmendment } from "./amended-stretch";
import { firstLoaded, type Change, type Timeline } from "./timeline";

/** It waited a moment ago: as many are not written in the time that a tab hangs. */
const LOOKED_THROUGH = 500;

export type Unsaved = Pick<Change, "added" | "replaceLog">;

/** What the store lacks of the stretch in memory, given that it has the log up to `savedUpTo`. */
export function unsavedOf(timeline: Timeline): Unsaved {
  const { entries, savedUpTo } = timeline;
  const fresh = entries.filter(({ seq }) => seq > savedUpTo);
  // What joins what is stored is added to it; else the stretch in memory replaces it.
  if (firstLoaded(timeline) > savedUpTo + 1) return { added: entries, replaceLog: true };
  return { added: fresh.some(isAmendment) ? entries : fresh };
}

/** Where something that was written is by now, as far as this timeline knows. */
export function whereIs(
  { id, order }: OutboxItem,
  { entries, pending, kept }: Timeline,
  me: UserId,
): "waiting" | "in the log" | "unknown" {
  if (pending.some(({ item }) => item.id === id && item.order >= order)) return "waiting";
  const isIt = (entry: StoredEntry) => entry.id === id && entry.from === me;
  return entries.some(isIt) || (kept.preview && isIt(kept.preview)) ? "in the log" : "unknown";
}

export type Adoption = Pick<DeviceAsked, "take" | "drop"> & {
  /** All that the tab before this one knew. */
  readonly takeOver: () => Promise<void>;
  /** What a tab stored that was gone before it could say so. */
  readonly pickUp: () => Promise<void>;
};

export function createAdoption(device: Device, sender: Sender): Adoption {
  const { timelines, keeper, store } = device;

  async function take(item: OutboxItem, wasStored = false): Promise<void> {
    const { conversation, id } = item;
    // Asked while this tab hung: by now it may have been sent, or thrown away, by another.
    if (wasStored && (await isGone(item))) return;
    const timeline = timelines.get(conversation);
    const me = device.me();
    const where = timeline && me && whereIs(item, timeline, me);
    // Stored again by a tab that slept while another sent it.
    if (where === "in the log") return keeper.forget(conversation, id);
    if (!timeline || where !== "unknown") return;
    const others = timeline.pending.filter((one) => one.item.id !== id);
    const pending = [...others, pendingOf(pointed(item, timeline), false)].sort(
      (one, other) => one.item.order - other.item.order,
    );
    timelines.put({ ...timeline, pending });
    await keeper.message(conversation, id);
    timelines.change(conversation, (now) => allStored(now, (one) => one.item.id === id));
    await findTarget(conversation, id);
    sender.pump(conversation);
  }

  async function isGone({ conversation, id }: OutboxItem): Promise<boolean> {
    if (!keeper.isKeeping()) return false;
    const held = await store.outbox().catch(() => undefined);
    return held !== undefined && !held.some((one) => one.id === id && one.conversation === conversation);
  }

  /**
   * The message that it is about was sent by another tab, and may be in the log that only the disk holds. Where it is
   * nowhere it was thrown away, and what was to be done to it goes with it.
   */
  async function findTarget(conversation: ConversationId, id: EntryId): Promise<void> {
    const timeline = timelines.get(conversation);
    const item = timeline?.pending.find((one) => one.item.id === id)?.item;
    const target = item && targetOf(item);
    if (!timeline || typeof target !== "string") return;
    if (timeline.pending.some((one) => one.item.id === target)) return;
    const { cursor, peer } = timeline.kept;
    const stored = await store
      .entriesBefore(conversation, nextSeq(cursor), LOOKED_THROUGH)
      .catch(() => undefined);
    const message = stored?.find((entry) => entry.id === target && entry.from !== peer.user);
    if (!stored) return;
    timelines.change(conversation, (now) => ({
      ...now,
      pending: now.pending.flatMap((one) => {
        if (one.item.id !== id || !("target" in one.item)) return [one];
        return message ? [{ ...one, item: { ...one.item, target: message.seq } }] : [];
      }),
    }));
    await (message ? keeper.message(conversation, id) : keeper.forget(conversation, id));
  }

  async function pickUp(): Promise<void> {
    if (!keeper.isKeeping()) return;
    try {
      for (const item of await store.outbox()) void take(item);
    } catch (reason) {
      keeper.fail(reason);
    }
  }

  /** One after the other; every message is stored before anything is sent. */
  async function storeAll(): Promise<void> {
    for (const timeline of timelines.all()) {
      const { conversation } = timeline.kept;
      keeper.change(conversation, unsavedOf(timeline));
      const ids = timeline.pending.map(({ item }) => item.id);
      for (const id of ids) await keeper.message(conversation, id);
      // By id: while the disk was writing, what is known of a message may have changed.
      timelines.change(conversation, (now) => allStored(now, ({ item }) => ids.includes(item.id)));
      sender.pump(conversation);
    }
  }

  return {
    take,
    drop: async (conversation, id) => {
      timelines.change(conversation, (timeline) => ({
        ...timeline,
        pending: timeline.pending.filter(({ item, place }) => item.id !== id || place !== undefined),
      }));
      await keeper.forget(conversation, id);
    },
    takeOver: async () => {
      for (const timeline of timelines.all()) timelines.put(alone(timeline));
      await pickUp();
      await storeAll();
    },
    pickUp,
  };
}

/**
 * What the tab before this one was doing, nobody does any more; and what it knew to be untransmitted when it told
 * of it may have been transmitted since.
 */
const alone = (timeline: Timeline): Timeline => ({
  ...timeline,
  loadingOlder: false,
  peerTyping: false,
  pending: timeline.pending.map(({ fresh: _, ...one }) => one),
});

const allStored = (timeline: Timeline, which: (one: Pending) => boolean): Timeline => ({
  ...timeline,
  pending: timeline.pending.map((one) => (which(one) && !one.stored ? { ...one, stored: true } : one)),
});
