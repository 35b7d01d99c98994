// Asks the browser to keep this site's storage once there is something in it to lose. Safari removes the storage of
// a site after seven days without a visit, and other browsers may when the disk is full. Firefox asks the person, so
// the question waits for the first message.

import type { ClientStore } from "../../core/client/ports/store";

type StorageRights = Pick<StorageManager, "persist" | "persisted">;

/** Missing where the page is opened without https. */
const browserRights = (): StorageRights | undefined =>
  (navigator as { readonly storage?: StorageRights }).storage;

/** The same store, which asks after the first message that it stores, once for each page. */
export function askingToKeep(
  store: ClientStore,
  rights: () => StorageRights | undefined = browserRights,
): ClientStore {
  let isAsked = false;
  async function ask(): Promise<void> {
    if (isAsked) return;
    isAsked = true;
    const storage = rights();
    if (storage && !(await storage.persisted())) await storage.persist();
  }
  // A browser that refuses to answer keeps the storage for as long as it likes; nothing else changes.
  const askSoon = () => void ask().catch(() => {});

  return {
    ...store,
    putOutbox: async (item) => {
      await store.putOutbox(item);
      askSoon();
    },
    saveLog: async (change) => {
      await store.saveLog(change);
      if (change.entries.length > 0) askSoon();
    },
  };
}
