// What this device knows of one conversation, and how what it is told changes that. Pure.
//
//   log    1 ............ from ........ first ............ cursor   ?   ahead ...      tail
//                         └─ stored ────┴─ and in memory ──┘       gap  └─ in memory
//
// The stretch from..cursor has no hole: an entry above the cursor's next waits in `ahead` until the gap is
// filled, and is not shown. On top of the stretch stand the pending entries. In memory is always the upper end of
// the stretch, so an entry that joins below finds every amendment of it that this device has met.

import type { EntryId, Seq, UserId } from "../domain/ids";
import { nextSeq, NO_SEQ, seqOf } from "../domain/ids";
import type { Watermarks } from "../domain/inbox-row";
import type { Presence } from "../domain/person";
import { amendedStretch, isAmendment } from "./amended-stretch";
import { blockOf } from "./block";
import { pastLog, targetOf, type Pending } from "./outbox";
import type { OutboxItem, StoredConversation, StoredEntry } from "./ports/store";
import type { Page } from "./told.types";

export type Timeline = {
  readonly kept: StoredConversation;
  readonly entries: readonly StoredEntry[];
  readonly ahead: readonly StoredEntry[];
  /** In the order in which they were written. */
  readonly pending: readonly Pending[];
  /** The log is on disk up to here. */
  readonly savedUpTo: Seq;
  /** The places of own messages that still wait in the outbox on the disk: a screen shows them as waiting, too. */
  readonly unsavedPlaces: readonly Seq[];
  /** The other person's watermarks as the disk has them: a screen shows ticks by these. See decision 0072. */
  readonly savedTheirs: Watermarks;
  readonly readAtOpening: Seq;
  readonly loadingOlder: boolean;
  readonly peerTyping: boolean;
  readonly peerPresence?: Presence;
};

export type Change = {
  readonly timeline: Timeline;
  /** New in the stretch. */
  readonly added: readonly StoredEntry[];
  /** In the stretch before, and other than it was: amendments of it came. */
  readonly amended: readonly StoredEntry[];
  /** No longer pending: they are in the log, or what they were about is gone. */
  readonly settled: readonly EntryId[];
  readonly replaceLog?: true;
};

export const timelineOf = (kept: StoredConversation, pending: readonly Pending[] = []): Timeline => ({
  kept,
  entries: [],
  ahead: [],
  pending,
  savedUpTo: kept.cursor,
  unsavedPlaces: [],
  savedTheirs: kept.theirs,
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
  // Also what is below the cursor: another tab may have sent what waits here, and met it before this one.
  const read = { me, after: kept.cursor, upTo: cursor, entries: [...told, ...run, ...ahead] };
  const pending = pastLog(timeline.pending, read);
  const { entries, changed } = grown(timeline.entries, run);
  const after: Timeline = {
    ...timeline,
    kept: withRead({ ...newest(kept, told, entries), cursor }, run),
    entries,
    ahead,
    peerTyping: timeline.peerTyping && !run.some(({ from }) => from !== me),
  };
  return { ...settle(after, pending, erasedBy(run)), ...parted(run, entries, changed) };
}

/** With the run on top and its amendments carried out. */
function grown(entries: readonly StoredEntry[], run: readonly StoredEntry[]) {
  if (run.length === 0) return { entries, changed: [] };
  const all = [...entries, ...run];
  const amendments = run.filter(isAmendment);
  return amendments.length > 0 ? amendedStretch(all, amendments) : { entries: all, changed: [] };
}

/** What is to be written: the new ones as they are by now, and the old ones that changed. */
function parted(
  fresh: readonly StoredEntry[],
  entries: readonly StoredEntry[],
  changed: readonly StoredEntry[],
): Pick<Change, "added" | "amended"> {
  const [first, last] = [fresh[0]?.seq ?? Infinity, fresh.at(-1)?.seq ?? 0];
  const isFresh = ({ seq }: StoredEntry) => seq >= first && seq <= last;
  return {
    added: changed.length > 0 ? entries.filter(isFresh) : fresh,
    amended: changed.filter((entry) => !isFresh(entry)),
  };
}

/** The messages whose text is to go. */
export const erasedBy = (entries: readonly StoredEntry[]): readonly Seq[] =>
  entries.flatMap((entry) => (entry.kind === "delete" ? [entry.target] : []));

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

/** Entries just below what is in memory, from the disk or from the server. */
export function older(timeline: Timeline, below: readonly StoredEntry[], floor?: Seq): Change {
  const first = firstLoaded(timeline);
  const fitting = dense(below.filter(({ seq }) => seq < first));
  const joins = fitting.at(-1)?.seq === first - 1;
  const all = joins ? [...fitting, ...timeline.entries] : timeline.entries;
  const { entries, changed } = joins
    ? amendedStretch(all, all.filter(isAmendment))
    : { entries: all, changed: [] };
  const kept = {
    ...timeline.kept,
    from: min(timeline.kept.from, entries[0]?.seq ?? timeline.kept.from),
    floor: max(timeline.kept.floor, floor ?? NO_SEQ),
  };
  const joined = joins ? fitting : [];
  return {
    timeline: { ...timeline, entries, kept: withRead(kept, joined) },
    settled: [],
    ...parted(joined, entries, changed),
  };
}

/** A stretch of log that is read only to look for pending messages (see scan in sender.ts). */
export function lookedThrough(timeline: Timeline, me: UserId, after: Seq, page: Page): Change {
  const upTo = page.entries.at(-1)?.seq ?? page.tail;
  const pending = pastLog(timeline.pending, { me, after, upTo, entries: page.entries });
  const kept = newest(timeline.kept, page.entries, timeline.entries);
  return { ...settle({ ...timeline, kept }, pending, []), added: [], amended: [] };
}

/**
 * What is pending and has its entry in the stretch, or below it, is done; so is what is about a message that was
 * deleted: whether or not it comes to stand in the log, nothing is left for it to change.
 */
function settle(timeline: Timeline, pending: readonly Pending[], erased: readonly Seq[]) {
  const isDone = ({ item, place }: Pending) => {
    if (place) return place.seq <= timeline.kept.cursor;
    const target = targetOf(item);
    return typeof target === "number" && erased.includes(target);
  };
  return {
    timeline: {
      ...timeline,
      pending: pending.some(isDone) ? pending.filter((one) => !isDone(one)) : pending,
      unsavedPlaces: withPlacesOf(timeline, pending),
    },
    settled: pending.filter(isDone).map(({ item }) => item.id),
  };
}

/** `pending` holds the same messages as the timeline, in the same order; some have got their place since. */
function withPlacesOf(before: Timeline, pending: readonly Pending[]): readonly Seq[] {
  const fresh = pending.flatMap(({ place }, index) =>
    place && !before.pending[index]?.place ? [place.seq] : [],
  );
  return fresh.length > 0 ? [...before.unsavedPlaces, ...fresh] : before.unsavedPlaces;
}

/** The disk has the conversation as it is in `kept`, and its outbox no longer holds what stands up to the cursor. */
export function withLogSaved(timeline: Timeline, { cursor, theirs }: StoredConversation): Timeline {
  const unsavedPlaces = timeline.unsavedPlaces.filter((seq) => seq > cursor);
  return { ...withShown(timeline, theirs), savedUpTo: cursor, unsavedPlaces };
}

/** Where the disk keeps nothing, all that is known of the other person's watermarks is shown. */
export const withTheirsShown = (timeline: Timeline): Timeline => withShown(timeline, timeline.kept.theirs);

/** A tick that was not shown before a block must not rise across it, and no tick falls. */
function withShown(timeline: Timeline, theirs: Watermarks): Timeline {
  const savedTheirs = raised(timeline.savedTheirs, theirs);
  return savedTheirs === timeline.savedTheirs || blockOf(timeline).closed
    ? timeline
    : { ...timeline, savedTheirs };
}

/** The outbox on the disk has this item, with its place if it has one. */
export function withPlaceSaved(timeline: Timeline, { place }: OutboxItem): Timeline {
  if (!place || !timeline.unsavedPlaces.includes(place.seq)) return timeline;
  return { ...timeline, unsavedPlaces: timeline.unsavedPlaces.filter((seq) => seq !== place.seq) };
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

/** `entries`: the stretch, where the newest may stand without its text by now. */
function newest(
  kept: StoredConversation,
  told: readonly StoredEntry[],
  entries: readonly StoredEntry[],
): StoredConversation {
  const first = entries[0]?.seq ?? Infinity;
  return told.reduce((before, met) => {
    const entry = entries[met.seq - first] ?? met;
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

/** Watermarks only rise. */
export const raised = (before: Watermarks, told: Watermarks): Watermarks => {
  const delivered = max(before.delivered, told.delivered);
  const read = max(before.read, told.read);
  return delivered === before.delivered && read === before.read ? before : { delivered, read };
};
