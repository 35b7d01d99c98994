// What a device keeps of one person, in IndexedDB. Every method is one transaction. It rejects where the browser
// refuses to store (private windows, a full disk); the client then goes on in memory and says so.

import type { ClientStore } from "../../core/client/ports/store";
import { LOG_STORES, writeLog } from "./indexeddb-log";
import { deleteDatabase, openDatabase, type ChatDatabase } from "./indexeddb-schema";

const EVERY_STORE = ["me", ...LOG_STORES] as const;

export function createIndexedDbStore(name: string): ClientStore {
  let opening: Promise<ChatDatabase> | undefined;
  const forget = () => void (opening = undefined);
  let toldOfPurge = () => {};
  const purged = () => {
    forget();
    toldOfPurge();
  };
  const database = (): Promise<ChatDatabase> => {
    opening ??= openDatabase(name, { closed: forget, purged }).catch((cause: unknown) => {
      forget();
      throw new Error("unable to open the store of this device; the browser refused", { cause });
    });
    return opening;
  };

  return {
    me: async () => (await database()).get("me", "me"),
    saveMe: async (me) => void (await (await database()).put("me", me, "me")),
    conversations: async () => (await database()).getAll("conversations"),
    outbox: async () => {
      const items = await (await database()).getAll("outbox");
      return items.sort((one, other) => one.order - other.order);
    },
    entriesBefore: async (conversation, before, limit) => {
      if (before === 0) return [];
      const entries = (await database()).transaction("entries").store;
      const range = IDBKeyRange.bound([conversation, 0], [conversation, before], false, true);
      const found = [];
      for (
        let cursor = await entries.openCursor(range, "prev");
        cursor && found.length < limit;
        cursor = await cursor.continue()
      )
        found.push(cursor.value);
      return found.reverse();
    },
    saveLog: async (change) => {
      const transaction = (await database()).transaction(LOG_STORES, "readwrite");
      await Promise.all([writeLog(transaction, change), transaction.done]);
    },
    putOutbox: async (item) => void (await (await database()).put("outbox", item)),
    removeOutbox: async (conversation, id) => (await database()).delete("outbox", [conversation, id]),
    whenPurged: (then) => void (toldOfPurge = then),
    wipe: async () => {
      const transaction = (await database()).transaction(EVERY_STORE, "readwrite");
      await Promise.all([
        ...EVERY_STORE.map((each) => transaction.objectStore(each).clear()),
        transaction.done,
      ]);
      (await database()).close();
      forget();
      await deleteDatabase(name);
    },
  };
}
