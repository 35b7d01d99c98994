// Everything that is written to the device's store goes through here, one write after the other, so that the
// disk passes through the same states as memory. A conversation that changes again before its turn is written
// once. When the store refuses, the client goes on in memory for good: a later write without the one that
// failed would leave a hole in the stored log, and what is on disk is whole as it stands.

import type { ConversationId, EntryId, Seq } from "../domain/ids";
import type { Live } from "./chat-client.types";
import { createView } from "./live";
import type { Log } from "./log-line";
import type { ClientStore, OutboxItem, StoredEntry, StoredMe } from "./ports/store";
import { targetOf } from "./outbox";
import { erasedBy, type Change, type Timeline } from "./timeline";
import type { StorageView } from "./views";

export interface Keeper {
  readonly view: Live<StorageView>;
  isKeeping(): boolean;
  me(me: StoredMe): void;
  /** What the change adds to the log and takes from the outbox, and the conversation as it is at its turn. */
  change(conversation: ConversationId, change?: Partial<Omit<Change, "timeline">>): void;
  /** The message as it is at its turn; nothing if it is gone by then. Resolves in memory mode too. */
  message(conversation: ConversationId, id: EntryId): Promise<void>;
  forget(conversation: ConversationId, id: EntryId): Promise<void>;
  /** Nothing more can be stored: "unable to …; why". */
  fail(reason: unknown): void;
  /** Nothing more is written. */
  stop(): void;
  wipe(): Promise<void>;
}

export type KeeperNeeds = {
  readonly store: ClientStore;
  readonly log: Log;
  readonly timeline: (conversation: ConversationId) => Timeline | undefined;
  /** The log of this conversation is on disk up to here. */
  readonly saved: (conversation: ConversationId, upTo: Seq) => void;
};

type Unsaved = {
  readonly entries: readonly StoredEntry[];
  readonly settled: readonly EntryId[];
  readonly replaceLog?: true;
};

const NOTHING: Unsaved = { entries: [], settled: [] };

export function createKeeper({ store, log, timeline, saved }: KeeperNeeds): Keeper {
  let storage: StorageView = { is: "kept" };
  let last: Promise<void> = Promise.resolve();
  let isOver = false;
  const unsaved = new Map<ConversationId, Unsaved>();
  const view = createView(() => storage);

  function inTurn(write: () => Promise<void>): Promise<void> {
    last = last.then(async () => {
      if (storage.is === "kept" && !isOver) await write().catch(fail);
    });
    return last;
  }

  function fail(reason: unknown): void {
    const why =
      reason instanceof Error && reason.message !== "" ? reason.message : "the store gave no reason";
    storage = { is: "memory", why };
    unsaved.clear();
    log({ event: "store-refused", why });
    view.touch();
  }

  async function saveLog(conversation: ConversationId): Promise<void> {
    const change = unsaved.get(conversation);
    const kept = timeline(conversation)?.kept;
    if (!change || !kept) return;
    unsaved.delete(conversation);
    // What pointed at a message by its id points at its slot from here on, on the disk too.
    const outbox = change.settled.length > 0 ? amendingOf(timeline(conversation)) : [];
    await store.saveLog({ conversation: kept, ...change, erased: erasedBy(change.entries), outbox });
    saved(conversation, kept.cursor);
  }

  return {
    view,
    fail,
    stop: () => void (isOver = true),
    isKeeping: () => storage.is === "kept",
    me: (me) => void inTurn(() => store.saveMe(me)),
    change: (conversation, { added = [], amended = [], settled = [], replaceLog } = {}) => {
      if (storage.is === "memory") return;
      const before = unsaved.get(conversation);
      const { entries, settled: gone, replaceLog: replaced } = before ?? NOTHING;
      unsaved.set(conversation, {
        entries: [...(replaceLog ? [] : entries), ...added, ...amended],
        settled: [...gone, ...settled],
        ...((replaceLog || replaced) && { replaceLog: true }),
      });
      if (!before) void inTurn(() => saveLog(conversation));
    },
    message: (conversation, id) =>
      inTurn(async () => {
        const found = timeline(conversation)?.pending.find(({ item }) => item.id === id);
        if (found) await store.putOutbox(found.item);
      }),
    forget: (conversation, id) => inTurn(() => store.removeOutbox(conversation, id)),
    wipe: () => {
      unsaved.clear();
      const wiped = last.then(() => store.wipe());
      last = wiped.catch(fail);
      return wiped;
    },
  };
}

const amendingOf = (timeline: Timeline | undefined): readonly OutboxItem[] =>
  (timeline?.pending ?? []).map(({ item }) => item).filter((item) => targetOf(item) !== undefined);
