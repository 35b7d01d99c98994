// Everything that is written to the device's store goes through here, one write after the other, so that the
// disk passes through the same states as memory. A conversation that changes again before its turn is written
// once. When the store refuses, the client goes on in memory and notes what the store misses: what is on disk is
// whole as it stands, and a later write without the one that failed would leave a hole in it. Now and then the
// store is asked again, and what it missed is written then.

import type { ConversationId, EntryId } from "../domain/ids";
import type { Timers } from "../domain/ports/clock";
import type { Live } from "./chat-client.types";
import { createView } from "./live";
import type { Log } from "./log-line";
import type { ClientStore, OutboxItem, StoredEntry, StoredMe } from "./ports/store";
import { targetOf } from "./outbox";
import { firstRetryMs, nextRetryMs, reasonOf, storeIsPurged, whyOf } from "./store-failure";
import { erasedBy, firstLoaded, withLogSaved, withPlaceSaved, type Change, type Timeline } from "./timeline";
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
  /** Nothing can be stored for now: "unable to …; why". */
  fail(reason: unknown): void;
  /** Nothing more is written but what a person has written or thrown away: whoever loads the log next reads it anew. */
  stop(): void;
  wipe(): Promise<void>;
}

export type KeeperNeeds = {
  readonly store: ClientStore;
  readonly log: Log;
  readonly timers: Timers;
  readonly timeline: (conversation: ConversationId) => Timeline | undefined;
  readonly conversations: () => readonly ConversationId[];
  /** The disk has more of this conversation; `next` notes in the timeline what. */
  readonly saved: (conversation: ConversationId, next: (timeline: Timeline) => Timeline) => void;
  /** The store has taken again what it had refused. */
  readonly again: () => void;
};

type Unsaved = {
  readonly entries: readonly StoredEntry[];
  readonly settled: readonly EntryId[];
  readonly replaceLog?: true;
};

const NOTHING: Unsaved = { entries: [], settled: [] };

export function createKeeper(needs: KeeperNeeds): Keeper {
  const { store, log, timers, timeline, saved } = needs;
  let storage: StorageView = { is: "kept" };
  let last: Promise<void> = Promise.resolve();
  let isOver = false;
  let owner: StoredMe | undefined;
  let retryMs = firstRetryMs;
  let cancelRetry = () => {};
  const unsaved = new Map<ConversationId, Unsaved>();
  /** What the store lacks: these conversations as they are now, without what has left the outbox meanwhile. */
  const missed = new Map<ConversationId, Set<EntryId>>();
  /** Whether the store holds nothing of before. */
  let isPurged = false;
  const view = createView(() => storage);

  function miss(conversation: ConversationId, gone: readonly EntryId[] = []): void {
    const before = missed.get(conversation) ?? new Set();
    missed.set(conversation, new Set([...before, ...gone]));
  }

  /** `missing`: what is to be noted where it is not written. */
  function inTurn(write: () => Promise<void>, missing: () => void): Promise<void> {
    return evenIfOver(async () => {
      if (!isOver) await write();
    }, missing);
  }

  /** A page is left right after something was sent: that is nowhere but here. */
  function evenIfOver(write: () => Promise<void>, missing: () => void): Promise<void> {
    last = last.then(async () => {
      if (storage.is === "memory") return missing();
      await write().catch((reason: unknown) => {
        missing();
        fail(reason);
      });
    });
    return last;
  }

  function fail(reason: unknown): void {
    const [why, error] = [whyOf(reason), reasonOf(reason)];
    storage = { is: "memory", why };
    for (const [conversation, { settled }] of unsaved) miss(conversation, settled);
    unsaved.clear();
    log({ event: "store-refused", why, error });
    cancelRetry();
    if (!isOver) cancelRetry = timers.after(retryMs, () => void restore());
    retryMs = nextRetryMs(retryMs);
    view.touch();
  }

  /** What changes while this goes on is missed too, until nothing is. */
  async function restore(): Promise<void> {
    try {
      for (let next = oneMissed(); next && !isOver; next = oneMissed()) await storeAgain(next[0], next[1]);
      // Last: it says up to when everything is known.
      if (owner && !isOver) await store.saveMe(owner);
    } catch (reason) {
      return fail(reason);
    }
    if (isOver) return;
    storage = { is: "kept" };
    isPurged = false;
    retryMs = firstRetryMs;
    view.touch();
    needs.again();
  }

  const oneMissed = () => missed.entries().next().value;

  async function storeAgain(conversation: ConversationId, gone: ReadonlySet<EntryId>): Promise<void> {
    const now = timeline(conversation);
    missed.delete(conversation);
    if (!now) return;
    const { kept, entries, pending, savedUpTo } = now;
    // What joins what is stored is added to it; else the stretch in memory replaces it.
    const replaceLog = isPurged || firstLoaded(now) > savedUpTo + 1;
    const change = {
      conversation: kept,
      entries,
      settled: [...gone],
      erased: erasedBy(entries),
      outbox: pending.map(({ item }) => item),
      ...(replaceLog && { replaceLog }),
    };
    try {
      await store.saveLog(change);
    } catch (reason) {
      miss(conversation, change.settled);
      throw reason;
    }
    saved(conversation, (after) => change.outbox.reduce(withPlaceSaved, withLogSaved(after, kept)));
  }

  async function saveLog(conversation: ConversationId, change: Unsaved): Promise<void> {
    const kept = timeline(conversation)?.kept;
    if (!kept) return;
    // What pointed at a message by its id points at its slot from here on, on the disk too.
    const outbox = change.settled.length > 0 ? amendingOf(timeline(conversation)) : [];
    await store.saveLog({ conversation: kept, ...change, erased: erasedBy(change.entries), outbox });
    saved(conversation, (after) => withLogSaved(after, kept));
  }

  function saveInTurn(conversation: ConversationId): void {
    let change: Unsaved = NOTHING;
    const write = async () => {
      change = unsaved.get(conversation) ?? NOTHING;
      if (unsaved.delete(conversation)) await saveLog(conversation, change);
    };
    void inTurn(write, () => miss(conversation, change.settled));
  }

  store.whenPurged?.(() => {
    if (isOver) return;
    isPurged = true;
    for (const conversation of needs.conversations()) miss(conversation);
    fail(storeIsPurged());
  });

  return {
    view,
    fail,
    stop: () => {
      isOver = true;
      cancelRetry();
    },
    isKeeping: () => storage.is === "kept",
    me: (me) => {
      owner = me;
      void inTurn(
        () => store.saveMe(me),
        () => {},
      );
    },
    change: (conversation, { added = [], amended = [], settled = [], replaceLog } = {}) => {
      if (storage.is === "memory") return miss(conversation, settled);
      const before = unsaved.get(conversation);
      const { entries, settled: gone, replaceLog: replaced } = before ?? NOTHING;
      unsaved.set(conversation, {
        entries: [...(replaceLog ? [] : entries), ...added, ...amended],
        settled: [...gone, ...settled],
        ...((replaceLog || replaced) && { replaceLog: true }),
      });
      if (!before) saveInTurn(conversation);
    },
    message: (conversation, id) =>
      evenIfOver(
        async () => {
          const found = timeline(conversation)?.pending.find(({ item }) => item.id === id);
          if (!found) return;
          await store.putOutbox(found.item);
          saved(conversation, (after) => withPlaceSaved(after, found.item));
        },
        () => miss(conversation),
      ),
    forget: (conversation, id) =>
      evenIfOver(
        () => store.removeOutbox(conversation, id),
        () => miss(conversation, [id]),
      ),
    wipe: () => {
      unsaved.clear();
      missed.clear();
      const wiped = last.then(() => store.wipe());
      last = wiped.catch(fail);
      return wiped;
    },
  };
}

const amendingOf = (timeline: Timeline | undefined): readonly OutboxItem[] =>
  (timeline?.pending ?? []).map(({ item }) => item).filter((item) => targetOf(item) !== undefined);
