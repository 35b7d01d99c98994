// What a person writes, and what they do with it when it could not be sent.

import type { ConversationId, EntryId } from "../domain/ids";
import { checkWritten } from "../domain/text";
import { blockOf } from "./block";
import type { ChatClient } from "./chat-client.types";
import { targetOf } from "./outbox";
import { createQueueing, type QueueingNeeds } from "./queueing";
import type { Sender } from "./sender";

export type Composing = Pick<ChatClient, "send" | "retry" | "discard">;

export function createComposing(device: QueueingNeeds, sender: Pick<Sender, "pump">): Composing {
  const { timelines } = device;
  const queueing = createQueueing(device, sender);

  const failed = (conversation: ConversationId, id: EntryId) =>
    timelines.get(conversation)?.pending.find(({ item }) => item.id === id && item.state.is === "failed")
      ?.item;

  return {
    send: async (conversation, raw) => {
      const timeline = timelines.get(conversation);
      if (!timeline) return { is: "refused", code: "unknown-conversation" };
      if (blockOf(timeline).closed) return { is: "refused", code: "cannot-deliver" };
      const checked = checkWritten(raw);
      if (checked.is !== "fine") return { is: "refused", code: checked.is };
      const body = { text: checked.text };
      return { is: "ok", value: await queueing.write(conversation, { kind: "message", body }) };
    },
    retry: async (conversation, id) => {
      const item = failed(conversation, id);
      if (item) await queueing.again(item);
    },
    discard: async (conversation, id) => {
      if (!failed(conversation, id)) return;
      const pending = timelines.get(conversation)?.pending ?? [];
      const about = pending.filter(({ item }) => targetOf(item) === id).map(({ item }) => item.id);
      await queueing.forget(conversation, [id, ...about]);
    },
  };
}
