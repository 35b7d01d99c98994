// Brings the device's logs up to the server's: takes in what is pushed, and reads what is missing.
//
//   1  entries come pushed, as the answer to `send`, or in a page; what joins the stretch is in it at once
//   2  one that leaves a gap waits GAP_MS for what is missing: frames overtake one another
//   3  then, and whenever a summary names a tail above the cursor, pages are read until there is no gap
// A few conversations are read at a time, the one that is looked at first.

import type { ConversationId } from "../domain/ids";
import { nextSeq } from "../domain/ids";
import { PAGE_ENTRIES } from "../domain/limits";
import type { Device } from "./device.types";
import type { Marks } from "./marks";
import { askPatiently } from "./patience";
import type { StoredEntry } from "./ports/store";
import type { Reply } from "./requests";
import { meet, meetPage, restart, type Change, type Timeline } from "./timeline";
import type { Page } from "./told.types";

/** How long a frame may be late behind the one that it was sent before. */
export const GAP_MS = 500;
/** API Gateway runs the frames of one socket side by side; more of them only queue behind one another. */
const READING_AT_ONCE = 4;
/** Further behind than a few pages, a device starts again at the tail; see isFar. */
const FAR_ENTRIES = 3 * PAGE_ENTRIES;

export interface LogReader {
  absorb(conversation: ConversationId, entries: readonly StoredEntry[]): void;
  /** Reads what is missing, if something is. */
  need(conversation: ConversationId): void;
  /** A person looks at these conversations now: they are read first, and messages on the screen stay there. */
  look(conversations: readonly ConversationId[]): void;
  /** Asks whether there is more than was told, and whether the marks that were told have arrived. */
  check(conversation: ConversationId): Promise<void>;
  isIdle(): boolean;
  stop(): void;
}

export type LogReaderNeeds = {
  /** Nothing is missing any more, or the line went. */
  readonly idle: () => void;
  /** It holds more than before, and nothing is known to be missing. */
  readonly grown: (conversation: ConversationId) => void;
  /** The conversation was closed, or opened again. */
  readonly turned: (conversation: ConversationId) => void;
  /** There was more than was told: pushes did not reach this device. */
  readonly missed: () => void;
  readonly marks: Pick<Marks, "met" | "isUnsure" | "stand">;
};

export function createLogReader(
  device: Device,
  { idle, grown, turned, missed, marks }: LogReaderNeeds,
): LogReader {
  const { timelines, keeper, connection, timers } = device;
  const reading = new Set<ConversationId>();
  const gaps = new Map<ConversationId, () => void>();
  let queue: readonly ConversationId[] = [];
  let looked: readonly ConversationId[] = [];

  function take(conversation: ConversationId, change: Change): void {
    const before = timelines.get(conversation);
    timelines.put(change.timeline);
    keeper.change(conversation, change);
    for (const { item } of raisedOf(before, change.timeline)) void keeper.message(conversation, item.id);
    if (change.added.some(({ kind }) => kind === "closed" || kind === "opened")) turned(conversation);
    if (change.added.length > 0 && !lacks(change.timeline)) grown(conversation);
    watchGap(conversation);
  }

  function watchGap(conversation: ConversationId): void {
    const isBehind = lacks(timelines.get(conversation));
    if (!isBehind) {
      gaps.get(conversation)?.();
      gaps.delete(conversation);
    } else if (!gaps.has(conversation) && !reading.has(conversation)) {
      gaps.set(
        conversation,
        timers.after(GAP_MS, () => onGap(conversation)),
      );
    }
  }

  function onGap(conversation: ConversationId): void {
    gaps.delete(conversation);
    need(conversation);
  }

  function need(conversation: ConversationId): void {
    if (!connection.isUp() || reading.has(conversation) || queue.includes(conversation)) return;
    if (!lacks(timelines.get(conversation))) return;
    queue = [...queue, conversation];
    readNext();
  }

  function readNext(): void {
    const [next, ...rest] = queue;
    if (next === undefined || reading.size >= READING_AT_ONCE) return;
    queue = rest;
    reading.add(next);
    void readAll(next).then((result) => {
      reading.delete(next);
      if (result === "done") need(next);
      readNext();
      if (reading.size === 0) idle();
    });
    readNext();
  }

  /** "stuck": asking again at once would get the same answer. */
  async function readAll(conversation: ConversationId): Promise<"done" | "stuck"> {
    for (;;) {
      const before = timelines.get(conversation);
      if (!before || !lacks(before)) return "done";
      const far = isFar(before, looked.includes(conversation));
      const reply = await askPage(before, far);
      if (reply.is === "refused") device.log({ event: "sync-refused", code: reply.code, conversation });
      if (reply.is !== "answered" || !takePage(conversation, reply.answer, far)) return "stuck";
    }
  }

  function askPage({ kept }: Timeline, far: boolean): Promise<Reply<"sync">> {
    const { conversation, cursor, tail } = kept;
    return far
      ? askPatiently(device, { action: "sync", conversation, before: nextSeq(tail) })
      : askPatiently(device, { action: "sync", conversation, after: cursor });
  }

  /** Whether that brought it any further: a page that does not would be asked for for ever. */
  function takePage(conversation: ConversationId, page: Page, far: boolean): boolean {
    const me = device.me();
    const now = timelines.get(conversation);
    if (!me || !now) return false;
    const change = far ? restart(now, me, page) : meetPage(now, me, page);
    take(conversation, change);
    return change.timeline.kept.cursor > now.kept.cursor || !lacks(change.timeline);
  }

  return {
    absorb: (conversation, entries) => {
      const me = device.me();
      const timeline = timelines.get(conversation);
      if (!me || !timeline) return;
      marks.met(conversation, entries);
      take(conversation, meet(timeline, me, entries));
    },
    need,
    look: (conversations) => {
      looked = conversations;
      queue = [
        ...queue.filter((one) => looked.includes(one)),
        ...queue.filter((one) => !looked.includes(one)),
      ];
    },
    check: async (conversation) => {
      const after = timelines.get(conversation)?.kept.cursor;
      if (after === undefined || !connection.isUp() || reading.has(conversation)) return;
      const unsure = marks.isUnsure(conversation) && { marks: true as const };
      const reply = await connection.ask({ action: "sync", conversation, after, ...unsure });
      if (reply.is !== "answered") return;
      if (reply.answer.mine) marks.stand(conversation, reply.answer.mine);
      if (reply.answer.entries.length === 0) return;
      missed();
      takePage(conversation, reply.answer, false);
      need(conversation);
    },
    isIdle: () => reading.size === 0 && queue.length === 0,
    stop: () => {
      queue = [];
      for (const cancel of gaps.values()) cancel();
      gaps.clear();
    },
  };
}

const lacks = (timeline: Timeline | undefined): boolean =>
  timeline !== undefined && timeline.kept.cursor < timeline.kept.tail;

/**
 * Whether the stretch begins anew at the tail. A stretch on the screen does not, if the person has read no further than
 * the stretch goes: the view would jump past all unread messages.
 */
function isFar({ entries, kept: { from, cursor, tail, mine } }: Timeline, isLookedAt: boolean): boolean {
  if (isLookedAt && entries.length > 0 && mine.read <= cursor) return false;
  const behind = tail - cursor;
  return behind > FAR_ENTRIES || (from > cursor && behind > PAGE_ENTRIES);
}

/** Those of which the disk is to know more: a low `after` costs the server a long look, and a tick must not fall. */
function raisedOf(before: Timeline | undefined, { pending }: Timeline) {
  const items = new Map(before?.pending.map(({ item }) => [item.id, item]));
  return pending.filter(({ item }) => {
    const was = items.get(item.id);
    return was && (was.after < item.after || (item.place && !was.place));
  });
}
