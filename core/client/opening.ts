// What the device's store holds when the page opens.

import type { Timers } from "../domain/ports/clock";
import { pendingOf } from "./outbox";
import type { ClientStore, OutboxItem, StoredMe } from "./ports/store";
import { timelineOf, type Timeline } from "./timeline";

/** A store that is blocked by another tab may never answer; a person should not look at nothing for that. */
const OPENING_MS = 5_000;

export type Opened = {
  readonly me: StoredMe | undefined;
  readonly timelines: readonly Timeline[];
  readonly outbox: readonly OutboxItem[];
};

/** Rejects when the store does, or does not answer. */
export async function openStore(store: ClientStore, timers: Timers): Promise<Opened> {
  let cancel = () => {};
  const late = new Promise<never>((_, reject) => {
    const error = new Error("unable to open the local store; it does not answer");
    cancel = timers.after(OPENING_MS, () => reject(error));
  });
  const read = Promise.all([store.me(), store.conversations(), store.outbox()]);
  const [me, conversations, outbox] = await Promise.race([read, late]).finally(() => cancel());
  const timelines = conversations.map((kept) => {
    const own = outbox.filter(({ conversation }) => conversation === kept.conversation);
    const pending = own.sort((one, other) => one.order - other.order).map((item) => pendingOf(item, true));
    return timelineOf(kept, pending);
  });
  return { me, timelines, outbox };
}
