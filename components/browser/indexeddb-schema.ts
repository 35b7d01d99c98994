// One database a person, so that what one leaves behind on a device is never read as another's.

import { deleteDB, openDB } from "idb";
import type { DBSchema, IDBPDatabase, IDBPObjectStore, StoreNames } from "idb";
import type { ConversationId, EntryId, Seq, UserId } from "../../core/domain/ids";
import type { OutboxItem, StoredConversation, StoredEntry, StoredMe } from "../../core/client/ports/store";

export interface ChatSchema extends DBSchema {
  me: { key: "me"; value: StoredMe };
  conversations: { key: ConversationId; value: StoredConversation };
  /** By target: what changes a message, wherever it stands. Other entries are not in that index. */
  entries: {
    key: [ConversationId, Seq];
    value: StoredEntry;
    indexes: { byTarget: [ConversationId, Seq] };
  };
  outbox: { key: [ConversationId, EntryId]; value: OutboxItem };
}

export type ChatDatabase = IDBPDatabase<ChatSchema>;

export const databaseName = (user: UserId): string => `parley.${user}`;

type DatabaseEvents = {
  /** Another tab upgrades or deletes the database: it is to be opened anew. */
  readonly closed: () => void;
  /** The browser has closed it: site data was cleared, or the disk is gone. */
  readonly purged: () => void;
  /** Its stores are being made, within this transaction. */
  readonly upgrading: (transaction: { readonly abort: () => void }) => void;
};

export async function openDatabase(
  name: string,
  { closed, purged, upgrading }: DatabaseEvents,
): Promise<ChatDatabase> {
  if (typeof indexedDB === "undefined") throw new DOMException("there is no IndexedDB", "NotSupportedError");
  const database = await openDB<ChatSchema>(name, 2, {
    upgrade(opened, before, _, transaction) {
      upgrading(transaction);
      if (before < 1) {
        opened.createObjectStore("me");
        opened.createObjectStore("conversations", { keyPath: "conversation" });
        opened.createObjectStore("entries", { keyPath: ["conversation", "seq"] });
        opened.createObjectStore("outbox", { keyPath: ["conversation", "id"] });
      }
      transaction.objectStore("entries").createIndex("byTarget", ["conversation", "target"]);
      void nameKinds(transaction.objectStore("outbox"));
    },
    blocking() {
      closed();
      database.close();
    },
    terminated: purged,
  });
  return database;
}

/** What waited in the first version were messages, and did not say so. The upgrade waits for it. */
async function nameKinds(
  outbox: IDBPObjectStore<ChatSchema, StoreNames<ChatSchema>[], "outbox", "versionchange">,
) {
  for (const item of await outbox.getAll())
    if (!("kind" in item))
      await outbox.put({ ...(item as OutboxItem & { kind: "message" }), kind: "message" });
}

/** Other tabs let go of it when they are told. One that sleeps does not: it is empty by then, and goes later. */
export const deleteDatabase = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    deleteDB(name, { blocked: () => resolve() }).then(resolve, reject);
  });
