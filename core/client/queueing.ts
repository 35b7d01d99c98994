// Into the outbox, onto the disk, and only then onto the line.

import { isEntryId, type ConversationId, type EntryId } from "../domain/ids";
import type { Device } from "./device.types";
import type { Keeper } from "./keeper";
import type { Pending } from "./outbox";
import type { OutboxItem, StoredEntry, Written } from "./ports/store";
import type { Sender } from "./sender";
import type { Timeline } from "./timeline";

export type QueueingNeeds = Pick<Device, "timelines" | "timers" | "newId"> & {
  readonly keeper: Pick<Keeper, "message" | "forget">;
};

export interface Queueing {
  /** Answers with its id once it is on the disk. Nothing for a conversation that is not known here. */
  write(conversation: ConversationId, written: Written): Promise<EntryId>;
  /** Once more, under its id, behind all that waits. */
  again(item: OutboxItem): Promise<void>;
  forget(conversation: ConversationId, ids: readonly EntryId[]): Promise<void>;
}

export function createQueueing(device: QueueingNeeds, sender: Pick<Sender, "pump">): Queueing {
  const { timelines, keeper, timers } = device;

  /** Above all that wait there, whichever tab wrote them and whatever its clock says. */
  const nextOrder = (conversation: ConversationId) =>
    (timelines.get(conversation)?.pending ?? []).reduce(
      (next, { item }) => Math.max(next, item.order + 1),
      timers.now(),
    );

  async function queue(item: OutboxItem, fresh?: true): Promise<void> {
    const { conversation, id } = item;
    timelines.change(conversation, (timeline) => {
      const others = timeline.pending.filter((one) => one.item.id !== id);
      return { ...timeline, pending: [...others, { item, stored: false, ...(fresh && { fresh }) }] };
    });
    await keeper.message(conversation, id);
    const stored = (one: Pending) => (one.item.id === id ? { ...one, stored: true } : one);
    timelines.change(conversation, (now) => ({ ...now, pending: now.pending.map(stored) }));
    sender.pump(conversation);
  }

  function newId(): EntryId {
    const id = device.newId();
    if (!isEntryId(id)) throw new RangeError("unable to queue an entry; the id that was made for it is none");
    return id;
  }

  return {
    write: async (conversation, written) => {
      const id = newId();
      const timeline = timelines.get(conversation);
      if (!timeline) return id;
      const after = timeline.kept.tail;
      // The id is new, so nothing that exists already holds it.
      const place = { conversation, id, after, order: nextOrder(conversation), queuedAt: timers.now() };
      await queue({ ...pointed(written, timeline), ...place, state: { is: "waiting" } }, true);
      return id;
    },
    again: (item) => queue({ ...item, order: nextOrder(item.conversation), state: { is: "waiting" } }),
    forget: async (conversation, ids) => {
      if (ids.length === 0) return;
      timelines.change(conversation, (timeline) => ({
        ...timeline,
        pending: timeline.pending.filter(({ item }) => !ids.includes(item.id)),
      }));
      await Promise.all(ids.map((id) => keeper.forget(conversation, id)));
    },
  };
}

/** The message that is meant may have got its slot since it was looked up. */
export function pointed<W extends Written>(written: W, { pending, entries, kept }: Timeline): W {
  if (!("target" in written) || typeof written.target === "number") return written;
  const { target } = written;
  const own = (entry: StoredEntry) => entry.id === target && entry.from !== kept.peer.user;
  const place = pending.find(({ item }) => item.id === target)?.place ?? entries.find(own);
  return place ? { ...written, target: place.seq } : written;
}
