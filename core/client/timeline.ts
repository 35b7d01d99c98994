// What this device knows of one conversation, and how what it is told changes that. Pure.
//
//   log    1 ............ from ........ first ............ cursor   ?   ahead ...      tail
//                         └─ stored ────┴─ and in memory ──┘       gap  └─ in memory
//
// The stretch from..cursor has no hole: an entry above the cursor's next waits in `ahead` until the gap is
// filled, and is not shown. On top of the stretch stand the pending messages.

import type { EntryId, Seq, UserId } from "../domain/ids";
import { nextSeq, NO_SEQ, seqOf } from "../domain/ids";
import type { Presence } from "../domain/person";
import { pastLog, type Pending } from "./outbox";
import type { StoredConversation, StoredEntry } from "./ports/store";
import type { Page } from "./told.types";

export type Timeline = {
  readonly kept: StoredConversation;
  readonly entries: readonly StoredEntry[];
  readonly ahead: readonly StoredEntry[];
  /** In the order in which they were written. */
  readonly pending: readonly Pending[];
  /** The log is on disk up to here. */
  readonly savedUpTo: Seq;
  readonly readAtOpening: Seq;
  readonly loadingOlder: boolean;
  readonly peerTyping: boolean;
  readonly peerPresence?: Presence;
};

export type Change = {
  readonly timeline: Timeline;
  /** New in the stretch. */
  readonly added: readonly StoredEntry[];
  /** No longer pending: they are in the log. */
  readonly settled: readonly EntryId[];
  readonly replaceLog?: true;
};

export const timelineOf = (kept: StoredConversation, pending: readonly Pending[] = []): Timeline => ({
  kept,
  entries: [],
  ahead: [],
  pending,
  savedUpTo: kept.cursor,
  readAtOpening: kept.mine.read,
  loadingOlder: false,
  peerTyping: false,
});

/** The lowest seq in memory. */
export const firstLoaded = ({ entries, kept }: Timeline): Seq => entries[0]?.seq ?? nextSeq(kept.cursor);

/** Entries of the log, from anywhere, in any order, known or not. */
export function meet(timeline: Timeline, me: UserId, told: readonly StoredEntry[]): Change {
  const { kept } = timeline;
  const { run, ahead } = sorted(kept.cursor, [...timeline.ahead, ...told]);
  const cursor = run.at(-1)?.seq ?? kept.cursor;
  const read = { me, after: kept.cursor, upTo: cursor, entries: [...run, ...ahead] };
  const pending = pastLog(timeline.pending, read);
  const grown: Timeline = {
    ...timeline,
    kept: withRead({ ...newest(kept, told), cursor }, run),
    entries: run.length ? [...timeline.entries, ...run] : timeline.entries,
    ahead,
    peerTyping: timeline.peerTyping && !run.some(({ from }) => from !== me),
  };
  return { ...settle(grown, pending), added: run };
}

/** A page that this device asked for, upwards from `after`. */
export function meetPage(timeline: Timeline, me: UserId, page: Page): Change {
  const { cursor } = timeline.kept;
  // What it lacks has expired: the stretch begins again where the log now begins.
  if (page.floor > cursor) return restart(timeline, me, page);
  const change = meet(timeline, me, page.entries);
  const { kept } = change.timeline;
  // An empty page is the server's word that there is nothing above the cursor.
  const tail = page.entries.length ? max(kept.tail, page.tail) : max(kept.cursor, page.tail);
  return {
    ...change,
    timeline: { ...change.timeline, kept: { ...kept, tail, floor: max(kept.floor, page.floor) } },
  };
}

/** The stretch begins anew with this page: what is between is read when somebody scrolls there. */
export function restart(timeline: Timeline, me: UserId, page: Page): Change {
  const { kept } = timeline;
  const first = page.entries[0]?.seq ?? nextSeq(page.floor);
  const floor = max(kept.floor, page.floor);
  if (first <= nextSeq(kept.cursor)) return meet(timeline, me, page.entries);
  const cursor = seqOf(first - 1);
  const empty = {
    ...timeline,
    entries: [],
    kept: { ...kept, from: first, cursor, floor, tail: max(kept.tail, page.tail) },
  };
  return { ...meet(empty, me, page.entries), replaceLog: true };
}

/** Entries just below what is in memory; `stored`: they come from the disk. */
export function older(timeline: Timeline, below: readonly StoredEntry[], floor?: Seq): Timeline {
  const first = firstLoaded(timeline);
  const fitting = dense(below.filter(({ seq }) => seq < first));
  const joins = fitting.at(-1)?.seq === first - 1;
  const entries = joins ? [...fitting, ...timeline.entries] : timeline.entries;
  const kept = {
    ...timeline.kept,
    from: min(timeline.kept.from, entries[0]?.seq ?? timeline.kept.from),
    floor: max(timeline.kept.floor, floor ?? NO_SEQ),
  };
  return { ...timeline, entries, kept: withRead(kept, joins ? fitting : []) };
}

/** A stretch of log that is read only to look for pending messages (see scan in sender.ts). */
export function lookedThrough(timeline: Timeline, me: UserId, after: Seq, page: Page): Change {
  const upTo = page.entries.at(-1)?.seq ?? page.tail;
  const pending = pastLog(timeline.pending, { me, after, upTo, entries: page.entries });
  const kept = newest(timeline.kept, page.entries);
  return { ...settle({ ...timeline, kept }, pending), added: [] };
}

/** Pending messages whose entry is in the stretch, or below it, are done. */
function settle(timeline: Timeline, pending: readonly Pending[]) {
  const isIn = ({ place }: Pending) => place !== undefined && place.seq <= timeline.kept.cursor;
  return {
    timeline: { ...timeline, pending: pending.some(isIn) ? pending.filter((one) => !isIn(one)) : pending },
    settled: pending.filter(isIn).map(({ item }) => item.id),
  };
}

/** What follows the cursor without a hole, and what must wait. */
function sorted(cursor: Seq, entries: readonly StoredEntry[]) {
  const bySeq = new Map(entries.filter(({ seq }) => seq > cursor).map((entry) => [entry.seq, entry]));
  const run: StoredEntry[] = [];
  for (let next = bySeq.get(nextSeq(cursor)); next; next = bySeq.get(nextSeq(next.seq))) run.push(next);
  const end = run.at(-1)?.seq ?? cursor;
  const ahead = [...bySeq.values()].filter(({ seq }) => seq > end).sort((one, other) => one.seq - other.seq);
  return { run, ahead };
}

/** The upper part of an ascending list that has no hole. */
function dense(entries: readonly StoredEntry[]): readonly StoredEntry[] {
  let start = entries.length - 1;
  while (start > 0 && entries[start - 1]?.seq === (entries[start]?.seq ?? 0) - 1) start -= 1;
  return entries.slice(Math.max(0, start));
}

function newest(kept: StoredConversation, told: readonly StoredEntry[]): StoredConversation {
  return told.reduce((before, entry) => {
    if (before.preview && entry.seq < before.preview.seq) return before;
    const activeAt = Math.max(before.activeAt, entry.at);
    return {
      ...before,
      activeAt,
      tail: max(before.tail, entry.seq),
      tallyAtTail: entry.tally,
      preview: entry,
    };
  }, kept);
}

/** A watermark may be known before the entry that it stands at. */
function withRead(kept: StoredConversation, entries: readonly StoredEntry[]): StoredConversation {
  const at = entries.find(({ seq }) => seq === kept.mine.read);
  return at ? { ...kept, tallyAtRead: at.tally } : kept;
}

export const max = (one: Seq, other: Seq): Seq => (one > other ? one : other);
export const min = (one: Seq, other: Seq): Seq => (one < other ? one : other);
