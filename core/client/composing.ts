// What a person writes: into the outbox, onto the disk, and only then onto the line.

import { isEntryId, type ConversationId, type EntryId } from "../domain/ids";
import { checkText } from "../domain/text";
import type { ChatClient } from "./chat-client.types";
import type { Device } from "./device.types";
import type { Keeper } from "./keeper";
import type { Pending } from "./outbox";
import type { OutboxItem } from "./ports/store";
import type { Sender } from "./sender";
import { isClosed } from "./timeline-view";

export type Composing = Pick<ChatClient, "send" | "retry" | "discard">;

export type ComposingNeeds = Pick<Device, "timelines" | "timers" | "newId"> & {
  readonly keeper: Pick<Keeper, "message" | "forget">;
};

export function createComposing(device: ComposingNeeds, sender: Pick<Sender, "pump">): Composing {
  const { timelines, keeper, timers } = device;

  /** Above all that wait there, whichever tab wrote them and whatever its clock says. */
  const nextOrder = (conversation: ConversationId) =>
    (timelines.get(conversation)?.pending ?? []).reduce(
      (next, { item }) => Math.max(next, item.order + 1),
      timers.now(),
    );

  async function queue(item: OutboxItem): Promise<void> {
    const { conversation, id } = item;
    timelines.change(conversation, (timeline) => {
      const others = timeline.pending.filter((one) => one.item.id !== id);
      return { ...timeline, pending: [...others, { item, stored: false }] };
    });
    await keeper.message(conversation, id);
    const stored = (one: Pending) => (one.item.id === id ? { ...one, stored: true } : one);
    timelines.change(conversation, (now) => ({ ...now, pending: now.pending.map(stored) }));
    sender.pump(conversation);
  }

  function newId(): EntryId {
    const id = device.newId();
    if (!isEntryId(id))
      throw new RangeError("unable to queue a message; the id that was made for it is none");
    return id;
  }

  const failed = (conversation: ConversationId, id: EntryId) =>
    timelines.get(conversation)?.pending.find(({ item }) => item.id === id && item.state.is === "failed")
      ?.item;

  return {
    send: async (conversation, raw) => {
      const timeline = timelines.get(conversation);
      if (!timeline) return { is: "refused", code: "unknown-conversation" };
      if (isClosed(timeline)) return { is: "refused", code: "cannot-deliver" };
      const checked = checkText(raw);
      if (checked.is !== "fine") return { is: "refused", code: checked.is };
      const id = newId();
      // The id is new, so nothing that exists already holds it.
      const written = { conversation, id, after: timeline.kept.tail, body: { text: checked.text } };
      await queue({
        ...written,
        order: nextOrder(conversation),
        queuedAt: timers.now(),
        state: { is: "waiting" },
      });
      return { is: "ok", value: id };
    },
    retry: async (conversation, id) => {
      const item = failed(conversation, id);
      if (item) await queue({ ...item, order: nextOrder(conversation), state: { is: "waiting" } });
    },
    discard: async (conversation, id) => {
      if (!failed(conversation, id)) return;
      timelines.change(conversation, (timeline) => ({
        ...timeline,
        pending: timeline.pending.filter(({ item }) => item.id !== id),
      }));
      await keeper.forget(conversation, id);
    },
  };
}
