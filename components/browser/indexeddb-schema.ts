// One database a person, so that what one leaves behind on a device is never read as another's.

import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { ConversationId, EntryId, Seq, UserId } from "../../core/domain/ids";
import type { OutboxItem, StoredConversation, StoredEntry, StoredMe } from "../../core/client/ports/store";

export interface ChatSchema extends DBSchema {
  me: { key: "me"; value: StoredMe };
  conversations: { key: ConversationId; value: StoredConversation };
  entries: { key: [ConversationId, Seq]; value: StoredEntry };
  outbox: { key: [ConversationId, EntryId]; value: OutboxItem };
}

export type ChatDatabase = IDBPDatabase<ChatSchema>;

export const databaseName = (user: UserId): string => `parley.${user}`;

/** `onGone`: the browser, or another tab that upgrades or deletes, took the connection away. */
export async function openDatabase(name: string, onGone: () => void): Promise<ChatDatabase> {
  const database = await openDB<ChatSchema>(name, 1, {
    upgrade(fresh) {
      fresh.createObjectStore("me");
      fresh.createObjectStore("conversations", { keyPath: "conversation" });
      fresh.createObjectStore("entries", { keyPath: ["conversation", "seq"] });
      fresh.createObjectStore("outbox", { keyPath: ["conversation", "id"] });
    },
    blocking() {
      onGone();
      database.close();
    },
    terminated: onGone,
  });
  return database;
}

/** Other tabs let go of it when they are told. One that sleeps does not: it is empty by then, and goes later. */
export const deleteDatabase = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    deleteDB(name, { blocked: () => resolve() }).then(resolve, reject);
  });
