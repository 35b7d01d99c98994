// What the device's store holds when the page opens.

import { pendingOf } from "./outbox";
import type { ClientStore, OutboxItem, StoredMe } from "./ports/store";
import { timelineOf, type Timeline } from "./timeline";

export type Opened = {
  readonly me: StoredMe | undefined;
  readonly timelines: readonly Timeline[];
  readonly outbox: readonly OutboxItem[];
};

/** Rejects when the store does. */
export async function openStore(store: ClientStore): Promise<Opened> {
  const [me, conversations, outbox] = await Promise.all([store.me(), store.conversations(), store.outbox()]);
  const timelines = conversations.map((kept) => {
    const own = outbox.filter(({ conversation }) => conversation === kept.conversation);
    const pending = own.sort((one, other) => one.order - other.order).map((item) => pendingOf(item, true));
    return timelineOf(kept, pending);
  });
  return { me, timelines, outbox };
}
