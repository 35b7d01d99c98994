// Empties the outboxes: one unanswered `send` a conversation, because the frames of one socket may run in any
// order and only the answer says that the next may go.

import { NO_SEQ, type ConversationId, type EntryId, type Seq } from "../domain/ids";
import { SEND_ENTRIES } from "../domain/limits";
import type { Device } from "./device.types";
import { isTooOld, surelyUnsent } from "./expiry";
import type { LogReader } from "./log-reader";
import { holdMs, nextBatch, wireEntry } from "./outbox";
import { entryOf } from "./outbox-entry";
import { refusedFor } from "./outbox-refusal";
import type { Pending } from "./outbox";
import type { FailureCode, OutboxItem, StoredEntry } from "./ports/store";
import { lookedThrough, min, type Timeline } from "./timeline";
import type { Appended, Refused } from "./told.types";

export interface Sender {
  /** Sends what waits, unless an answer is outstanding. */
  pump(conversation: ConversationId): void;
  pumpAll(): void;
  /** Nobody looks any more who could undo a deletion: while the line is up, those that wait for that go out now. */
  release(): void;
  stop(): void;
}

export function createSender(device: Device, reader: LogReader): Sender {
  const { timelines, keeper, connection, timers } = device;
  const busy = new Set<ConversationId>();
  const tries = new Map<ConversationId, number>();
  const pauses = new Map<ConversationId, () => void>();
  const holds = new Map<ConversationId, () => void>();
  /** One at a time until one of them is refused: a batch with a bad message is refused whole. */
  const oneByOne = new Set<ConversationId>();

  function pump(conversation: ConversationId): void {
    if (busy.has(conversation) || pauses.has(conversation) || !connection.isUp()) return;
    const most = oneByOne.has(conversation) ? 1 : SEND_ENTRIES;
    const pending = timelines.get(conversation)?.pending ?? [];
    wakeAfterHold(conversation, pending);
    const tooOld = pending.find((one) => isTooOld(one, timers.now()));
    if (tooOld) return void inTurn(conversation, () => expire(conversation, tooOld));
    const batch = nextBatch(pending, most, timers.now());
    if (batch.length === 0) return;
    timelines.change(conversation, (timeline) => transmitted(timeline, batch));
    void inTurn(conversation, () => transmit(conversation, batch));
  }

  async function inTurn(conversation: ConversationId, act: () => Promise<void>): Promise<void> {
    busy.add(conversation);
    await act();
    busy.delete(conversation);
    pump(conversation);
  }

  async function transmit(conversation: ConversationId, batch: readonly OutboxItem[]): Promise<void> {
    const after = batch.reduce((least, item) => min(least, item.after), batch[0]?.after ?? NO_SEQ);
    const entries = batch.flatMap((item) => wireEntry(item) ?? []);
    const reply = await connection.ask({ action: "send", conversation, device: device.id(), after, entries });
    if (reply.is === "lost") return;
    const appended = (reply.is === "answered" ? reply.answer : reply).appended ?? [];
    place(conversation, batch, appended);
    if (appended.length > 0) tries.delete(conversation);
    if (reply.is === "refused") return refused(conversation, batch.slice(appended.length), reply);
    if (appended.length === 0) pause(conversation);
  }

  /** No push comes to the socket that sent: the log's entry is what was sent and where it stands. */
  function place(
    conversation: ConversationId,
    batch: readonly OutboxItem[],
    appended: readonly Appended[],
  ): void {
    const me = device.me();
    const entries = appended.flatMap((at): StoredEntry | readonly [] => {
      const item = batch.find(({ id }) => id === at.id);
      return (item && me && entryOf(item, at, { from: me, device: device.id() })) ?? [];
    });
    if (entries.length > 0) reader.absorb(conversation, entries);
  }

  async function refused(
    conversation: ConversationId,
    [item, ...behind]: readonly OutboxItem[],
    why: Refused,
  ): Promise<void> {
    if (!item || why.code === "slow-down" || why.code === "try-again")
      return pause(conversation, why.delayMs);
    if (why.code === "stale") {
      // Once is to be expected; a server that says so again after the look is not to be asked at once.
      if (tries.has(conversation)) pause(conversation);
      else tries.set(conversation, 1);
      return void (await scan(conversation, item.id));
    }
    if (behind.length > 0) return void oneByOne.add(conversation);
    oneByOne.delete(conversation);
    fail(conversation, item.id, why.code);
  }

  function fail(conversation: ConversationId, id: EntryId, code: FailureCode): void {
    const timeline = timelines.get(conversation);
    if (!timeline) return;
    const { pending, changed, gone } = refusedFor(timeline.pending, id, code);
    timelines.put({ ...timeline, pending });
    for (const each of changed) void keeper.message(conversation, each);
    for (const each of gone) void keeper.forget(conversation, each);
  }

  /** Not said of what may have been sent: the log is looked through first. */
  async function expire(conversation: ConversationId, { item, fresh }: Pending): Promise<void> {
    const readUpTo = fresh ? Infinity : await scan(conversation, item.id);
    if (readUpTo === undefined) return;
    const pending = timelines.get(conversation)?.pending ?? [];
    for (const id of surelyUnsent(pending, timers.now(), readUpTo)) fail(conversation, id, "expired");
  }

  /** A delete goes by itself when it can no longer be taken back. */
  function wakeAfterHold(conversation: ConversationId, pending: readonly Pending[]): void {
    const longestMs = Math.max(0, ...pending.map(({ item }) => holdMs(item, timers.now())));
    if (longestMs === 0 || holds.has(conversation)) return;
    holds.set(
      conversation,
      timers.after(longestMs, () => {
        holds.delete(conversation);
        pump(conversation);
      }),
    );
  }

  function pause(conversation: ConversationId, delayMs?: number): void {
    const tried = (tries.get(conversation) ?? 0) + 1;
    tries.set(conversation, tried);
    pauses.set(
      conversation,
      timers.after(device.pauseMs(tried, delayMs), () => resume(conversation)),
    );
  }

  function resume(conversation: ConversationId): void {
    pauses.delete(conversation);
    pump(conversation);
  }

  /**
   * Reads from `after` to the tail, to find the message or to know that it is not there. Answers with the tail, if
   * it came so far.
   */
  async function scan(conversation: ConversationId, id: EntryId): Promise<Seq | undefined> {
    for (;;) {
      const me = device.me();
      const waits = timelines.get(conversation)?.pending.find(({ item, place }) => item.id === id && !place);
      if (!waits || !me) return undefined;
      const { after } = waits.item;
      const reply = await connection.ask({ action: "sync", conversation, after });
      const timeline = timelines.get(conversation);
      if (reply.is === "refused") pause(conversation, reply.delayMs);
      if (reply.is !== "answered" || !timeline) return undefined;
      const page = reply.answer;
      const change = lookedThrough(timeline, me, after, page);
      timelines.put(change.timeline);
      keeper.change(conversation, change);
      if (page.tail < after) timelines.change(conversation, (now) => withItem(now, id, lowered(page.tail)));
      void keeper.message(conversation, id);
      if ((page.entries.at(-1)?.seq ?? page.tail) >= page.tail) return page.tail;
    }
  }

  return {
    pump,
    pumpAll: () => {
      for (const { kept } of timelines.all()) pump(kept.conversation);
    },
    release: () => {
      if (!connection.isUp()) return;
      for (const { kept, pending } of timelines.all()) {
        if (!pending.some(({ item }) => holdMs(item, timers.now()) > 0)) continue;
        timelines.change(kept.conversation, (now) => released(now, timers.now()));
        pump(kept.conversation);
      }
    },
    stop: () => {
      for (const waits of [pauses, holds]) {
        for (const cancel of waits.values()) cancel();
        waits.clear();
      }
    },
  };
}

/** From here on the log may hold them. */
const transmitted = (timeline: Timeline, batch: readonly OutboxItem[]): Timeline => ({
  ...timeline,
  pending: timeline.pending.map(({ fresh, ...one }) =>
    fresh && !batch.includes(one.item) ? { ...one, fresh } : one,
  ),
});

/** Not on the disk too: the page may be going, and the next one sends a deletion after UNDO_MS in any case. */
const released = (timeline: Timeline, now: number): Timeline => ({
  ...timeline,
  pending: timeline.pending.map((one) =>
    one.item.kind === "delete" && holdMs(one.item, now) > 0
      ? { ...one, item: { ...one.item, notBefore: now } }
      : one,
  ),
});

/** The server holds less log than this device has read: a claim about less is true as well. */
const lowered =
  (tail: OutboxItem["after"]) =>
  (item: OutboxItem): OutboxItem => ({ ...item, after: tail });

const withItem = (timeline: Timeline, id: EntryId, next: (item: OutboxItem) => OutboxItem): Timeline => ({
  ...timeline,
  pending: timeline.pending.map((one) => (one.item.id === id ? { ...one, item: next(one.item) } : one)),
});
