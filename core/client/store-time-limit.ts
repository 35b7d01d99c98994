// A store that does not answer within STORE_MS counts as broken until it answers again. Without this limit a message
// waits for the store although it could be sent, a conversation shows a spinner although the server could be asked, and
// a sign-out never ends. Stores were silent while a page in the browser's back/forward cache held an unfinished
// transaction. A late write still happens in the store; the keeper writes over it when the store answers again.

import type { Timers } from "../domain/ports/clock";
import type { ClientStore } from "./ports/store";
import { storeIsSilent } from "./store-failure";

/** Far above the time of a write on a slow disk. A person who waits for a tick begins to wonder after about as long. */
export const STORE_MS = 5_000;

export function withTimeLimit(store: ClientStore, timers: Timers): ClientStore {
  const within = <T>(answer: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const cancel = afterAwake(timers, STORE_MS, () => reject(storeIsSilent()));
      answer.then(resolve, reject).finally(cancel);
    });
  return {
    me: () => within(store.me()),
    saveMe: (me) => within(store.saveMe(me)),
    conversations: () => within(store.conversations()),
    outbox: () => within(store.outbox()),
    entriesBefore: (...by) => within(store.entriesBefore(...by)),
    saveLog: (change) => within(store.saveLog(change)),
    putOutbox: (item) => within(store.putOutbox(item)),
    removeOutbox: (...by) => within(store.removeOutbox(...by)),
    whenPurged: (then) => store.whenPurged?.(then),
    wipe: () => within(store.wipe()),
  };
}

/** The timers of a page that slept are late and fire before the store could answer: such a page waits once more. */
function afterAwake(timers: Timers, delayMs: number, then: () => void): () => void {
  const begunAt = timers.now();
  let cancel = timers.after(delayMs, () => {
    const isLate = timers.now() - begunAt > 2 * delayMs;
    if (isLate) cancel = timers.after(delayMs, then);
    else then();
  });
  return () => cancel();
}
