// Writes one change of a conversation's log inside one transaction, next to what another tab may have written.

import type { IDBPObjectStore, IDBPTransaction } from "idb";
import { erasedInStore } from "../../core/client/stored-erasure";
import { seqOf, type ConversationId, type Seq } from "../../core/domain/ids";
import type { ClientStore, StoredConversation } from "../../core/client/ports/store";
import type { ChatSchema } from "./indexeddb-schema";
import { joinStretches, mergeConversation, type Stretch } from "./merge-conversation";

export type LogChange = Parameters<ClientStore["saveLog"]>[0];
export const LOG_STORES = ["conversations", "entries", "outbox"] as const;
type LogStores = typeof LOG_STORES;
type Entries = IDBPObjectStore<ChatSchema, LogStores, "entries", "readwrite">;

/**
 * 1  what is now in the log leaves the outbox, and what pointed at it points at its slot
 * 2  the stretch that this tab counts on is joined with the stored one; if they do not touch, the one that
 *    reaches further stays alone
 * 3  of what was deleted the text goes
 * 4  what is claimed is cut down to what is there: the other tab may have thrown a part of it away
 */
export async function writeLog(
  transaction: IDBPTransaction<ChatSchema, LogStores, "readwrite">,
  { conversation: incoming, entries, settled, replaceLog, erased = [], outbox: items = [] }: LogChange,
): Promise<void> {
  const { conversation } = incoming;
  const outbox = transaction.objectStore("outbox");
  for (const id of settled) await outbox.delete([conversation, id]);
  for (const item of items) await outbox.put(item);

  const conversations = transaction.objectStore("conversations");
  const log = transaction.objectStore("entries");
  const stored = await conversations.get(conversation);
  const stretch = replaceLog ? "incoming" : stored ? joinStretches(stored, incoming) : incoming;
  if (stretch === "incoming") await log.delete(between(conversation, 0, Number.MAX_SAFE_INTEGER));
  if (stretch !== "stored") for (const entry of entries) await log.put(entry);
  for (const seq of erased) await erase(log, conversation, seq);

  const merged = stored ? mergeConversation(stored, incoming) : incoming;
  const claimed = stretch === "incoming" ? incoming : stretch === "stored" ? (stored ?? incoming) : stretch;
  await conversations.put({ ...merged, ...(await cutToStored(log, conversation, claimed)) });
}

/** Of a message that was deleted, and of its edits, wherever they stand. */
async function erase(log: Entries, conversation: ConversationId, seq: Seq): Promise<void> {
  const message = await log.get([conversation, seq]);
  const about = await log.index("byTarget").getAll([conversation, seq]);
  for (const entry of [...(message ? [message] : []), ...about]) await log.put(erasedInStore(entry));
}

async function cutToStored(log: Entries, conversation: ConversationId, claimed: Stretch): Promise<Stretch> {
  // Nothing is claimed, and a range whose ends are the wrong way round is refused by the browser.
  if (claimed.from > claimed.cursor) return stretchOf(claimed);
  const claimedRange = between(conversation, claimed.from, claimed.cursor);
  if ((await log.count(claimedRange)) === claimed.cursor - claimed.from + 1) return stretchOf(claimed);

  let from = claimed.cursor + 1;
  for (
    let cursor = await log.openKeyCursor(claimedRange, "prev");
    cursor && cursor.key[1] === from - 1;
    cursor = await cursor.continue()
  )
    from = cursor.key[1];
  await log.delete(between(conversation, 0, from - 1));
  return { from: seqOf(from), cursor: claimed.cursor };
}

const stretchOf = ({ from, cursor }: StoredConversation | Stretch): Stretch => ({ from, cursor });
const between = (conversation: ConversationId, from: number, to: number): IDBKeyRange =>
  IDBKeyRange.bound([conversation, from], [conversation, to]);
