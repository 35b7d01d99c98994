// The store of a device that keeps nothing: for tests, and for a browser that refuses to store.

import type { ConversationId, EntryId, Seq } from "../domain/ids";
import { erasedInStore } from "./stored-erasure";
import { raised } from "./timeline";
import type { ClientStore, OutboxItem, StoredConversation, StoredEntry, StoredMe } from "./ports/store";

export function createMemoryStore(): ClientStore {
  let me: StoredMe | undefined;
  const conversations = new Map<ConversationId, StoredConversation>();
  const logs = new Map<ConversationId, Map<Seq, StoredEntry>>();
  const outbox = new Map<string, OutboxItem>();
  const outboxKey = (conversation: ConversationId, id: EntryId) => `${conversation} ${id}`;

  return {
    me: async () => copy(me),
    saveMe: async (next) => void (me = copy(next)),
    conversations: async () => copy([...conversations.values()]),
    outbox: async () => copy([...outbox.values()].sort((one, other) => one.order - other.order)),
    entriesBefore: async (conversation, before, limit) => {
      const log = [...(logs.get(conversation)?.values() ?? [])].filter((entry) => entry.seq < before);
      return copy(log.sort((one, other) => one.seq - other.seq).slice(-limit));
    },
    saveLog: async ({
      conversation: saved,
      entries,
      settled,
      replaceLog,
      erased = [],
      outbox: items = [],
    }) => {
      const { conversation } = saved;
      const log = (replaceLog ? undefined : logs.get(conversation)) ?? new Map<Seq, StoredEntry>();
      for (const entry of copy(entries)) log.set(entry.seq, entry);
      const isGone = (entry: StoredEntry) =>
        erased.includes(entry.seq) || (entry.kind === "edit" && erased.includes(entry.target));
      for (const [seq, entry] of log) if (isGone(entry)) log.set(seq, erasedInStore(entry));
      logs.set(conversation, log);
      // As the real store does: another tab may have written higher ones.
      const theirs = raised(conversations.get(conversation)?.theirs ?? saved.theirs, saved.theirs);
      conversations.set(conversation, copy({ ...saved, theirs }));
      for (const id of settled) outbox.delete(outboxKey(conversation, id));
      for (const item of copy(items)) outbox.set(outboxKey(conversation, item.id), item);
    },
    putOutbox: async (item) => void outbox.set(outboxKey(item.conversation, item.id), copy(item)),
    removeOutbox: async (conversation, id) => void outbox.delete(outboxKey(conversation, id)),
    wipe: async () => {
      me = undefined;
      for (const kept of [conversations, logs, outbox]) kept.clear();
    },
  };
}

/** What is stored is plain JSON, so that is a copy. */
const copy = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)));
