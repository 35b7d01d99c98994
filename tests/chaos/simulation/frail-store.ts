// The store of one browser profile: it can be full, and the browser may take away what is in it.

import { createMemoryStore } from "../../../core/client/memory-store";
import type { ClientStore } from "../../../core/client/ports/store";
import type { Recorder } from "../history/recorder";

export type FrailStore = ClientStore & {
  /** From now on it refuses what is written, or takes it again. */
  readonly fill: (isFull: boolean) => void;
  /** All of it is gone; the pages that are open are told. */
  readonly purge: () => Promise<void>;
};

const quotaExceeded = () => Object.assign(new Error("no room"), { name: "QuotaExceededError" });

export function frailStore(profile: string, recorder: Recorder): FrailStore {
  const store = createMemoryStore();
  const listeners = new Set<() => void>();
  let isFull = false;

  const unlessFull =
    <P extends readonly unknown[]>(write: (...by: P) => Promise<void>) =>
    async (...by: P) => {
      if (isFull) throw new Error("unable to store", { cause: quotaExceeded() });
      await write(...by);
    };

  return {
    ...store,
    saveMe: unlessFull(store.saveMe),
    putOutbox: unlessFull(store.putOutbox),
    removeOutbox: unlessFull(store.removeOutbox),
    saveLog: unlessFull(async (change) => {
      await store.saveLog(change);
      const { conversation, cursor } = change.conversation;
      recorder.tell({ is: "stored", profile, conversation, upTo: cursor });
    }),
    whenPurged: (then) => void listeners.add(then),
    fill: (full) => {
      if (full) recorder.tell({ is: "store-failed", profile });
      isFull = full;
    },
    purge: async () => {
      recorder.tell({ is: "store-failed", profile });
      await store.wipe();
      for (const listener of [...listeners]) listener();
    },
  };
}
