// What a device keeps of one person, in IndexedDB. Every method is one transaction. It rejects where the browser
// refuses to store (private windows, a full disk); the client then goes on in memory and says so.

import type { IDBPObjectStore, StoreNames } from "idb";
import type { ClientStore } from "../../core/client/ports/store";
import type { Surroundings } from "../../core/client/ports/surroundings";
import { LOG_STORES, writeLog } from "./indexeddb-log";
import { deleteDatabase, type ChatSchema } from "./indexeddb-schema";
import { createWakingDatabase } from "./waking-database";

const EVERY_STORE = ["me", ...LOG_STORES] as const;

export function createIndexedDbStore(
  name: string,
  surroundings: Pick<Surroundings, "awake" | "subscribe">,
): ClientStore {
  let toldOfPurge = () => {};
  const { run, close } = createWakingDatabase(name, surroundings, () => toldOfPurge());

  /** Committed at once: it is stored even if the page goes now. */
  const write = <N extends StoreNames<ChatSchema>>(
    name: N,
    ask: (store: IDBPObjectStore<ChatSchema, readonly [N], N, "readwrite">) => Promise<unknown>,
  ): Promise<void> =>
    run(async (begin) => {
      const transaction = begin([name], "readwrite");
      const written = ask(transaction.objectStore(name));
      transaction.commit();
      await Promise.all([written, transaction.done]);
    });

  return {
    me: () => run((begin) => begin(["me"], "readonly").objectStore("me").get("me")),
    saveMe: (me) => write("me", (store) => store.put(me, "me")),
    conversations: () =>
      run((begin) => begin(["conversations"], "readonly").objectStore("conversations").getAll()),
    outbox: async () => {
      const items = await run((begin) => begin(["outbox"], "readonly").objectStore("outbox").getAll());
      return items.sort((one, other) => one.order - other.order);
    },
    entriesBefore: (conversation, before, limit) =>
      run(async (begin) => {
        if (before === 0) return [];
        const entries = begin(["entries"], "readonly").objectStore("entries");
        const range = IDBKeyRange.bound([conversation, 0], [conversation, before], false, true);
        const found = [];
        for (
          let cursor = await entries.openCursor(range, "prev");
          cursor && found.length < limit;
          cursor = await cursor.continue()
        )
          found.push(cursor.value);
        return found.reverse();
      }),
    saveLog: (change) =>
      run(async (begin) => {
        const transaction = begin(LOG_STORES, "readwrite");
        await Promise.all([writeLog(transaction, change), transaction.done]);
      }),
    putOutbox: (item) => write("outbox", (store) => store.put(item)),
    removeOutbox: (conversation, id) => write("outbox", (store) => store.delete([conversation, id])),
    whenPurged: (then) => void (toldOfPurge = then),
    wipe: async () => {
      await run(async (begin) => {
        const transaction = begin(EVERY_STORE, "readwrite");
        const cleared = EVERY_STORE.map((each) => transaction.objectStore(each).clear());
        transaction.commit();
        await Promise.all([...cleared, transaction.done]);
      });
      close();
      await deleteDatabase(name);
    },
  };
}
