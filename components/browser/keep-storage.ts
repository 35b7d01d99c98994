// Asks the browser to keep this site's storage after the first message was stored. Safari removes a site's storage after
// seven days without a visit; other browsers may remove it when the disk is full. Firefox asks the person, who can judge
// the question once there are messages to lose.

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
  // A refusal changes nothing: the browser may remove the storage, as before.
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
