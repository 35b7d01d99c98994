// What the person is shown of a timeline: the log with what is pending on top.

import type { Seq, UserId } from "../domain/ids";
import { unreadOf } from "../domain/inbox-row";
import { PREVIEW_CHARACTERS } from "../domain/limits";
import { firstCharacters } from "../domain/text";
import { blockOf } from "./block";
import { deletedView, messageView, NO_CHANGES, pendingChanges } from "./message-view";
import { targetOf, type Pending } from "./outbox";
import type { OutboxItem, StoredEntry } from "./ports/store";
import { firstLoaded, type Timeline } from "./timeline";
import type { ConversationView, EntryView, LastView, Progress, TimelineView } from "./views";

/** `isKeeping`: the disk works, so a tick is shown when the disk has it. */
export function timelineView(timeline: Timeline, me: UserId, isKeeping = true): TimelineView {
  const { kept, entries, pending, peerPresence } = timeline;
  const ticks = ticksOf(timeline, isKeeping);
  const changes = pendingChanges(pending);
  const log = entries.flatMap(
    (entry) => entryView(entry, me, ticks, changes.get(entry.seq) ?? NO_CHANGES) ?? [],
  );
  const waiting = pending.flatMap(
    (one) => pendingView(one, me, ticks, changes.get(one.item.id) ?? NO_CHANGES) ?? [],
  );
  const block = blockOf(timeline);
  return {
    conversation: kept.conversation,
    peer: kept.peer,
    entries: [...log, ...waiting],
    hasOlder: firstLoaded(timeline) > kept.floor + 1,
    loadingOlder: timeline.loadingOlder,
    readAtOpening: timeline.readAtOpening,
    read: kept.mine.read,
    loadedFrom: firstLoaded(timeline),
    isBehind: kept.cursor < kept.tail,
    unread: unreadIn(timeline, me),
    peerTyping: timeline.peerTyping && !block.closed,
    ...(peerPresence && !block.closed && { peerPresence }),
    ...block,
  };
}

export function conversationView(timeline: Timeline, me: UserId, isKeeping = true): ConversationView {
  const { kept, peerTyping } = timeline;
  const last = lastView(timeline, me, ticksOf(timeline, isKeeping));
  return {
    conversation: kept.conversation,
    peer: kept.peer,
    activeAt: Math.max(kept.activeAt, last?.at ?? 0),
    unread: unreadIn(timeline, me),
    ...(last && { last }),
    unsent: timeline.pending.filter(({ place }) => !place).length,
    peerTyping: peerTyping && !blockOf(timeline).closed,
  };
}

const unreadIn = ({ kept }: Timeline, me: UserId) => unreadOf(kept.tallyAtTail, kept.tallyAtRead, me);

// An entry that looks as before is the same object: a row is drawn again only when something in it changed. What
// can change in one without a new entry is its tick, and there is one object for each, and what is pending about it.
const drawn = new WeakMap<object, Drawing>();
type Drawing = {
  readonly progress: Progress | undefined;
  readonly changes: readonly OutboxItem[];
  readonly view: EntryView;
};
const WAITING: Progress = { is: "waiting" };
const SENT: Progress = { is: "sent" };
const DELIVERED: Progress = { is: "delivered" };
const READ: Progress = { is: "read" };

/** The progress of the own message at this place. */
type Ticks = (seq: Seq) => Progress;

/** While the disk works, a page shows no tick that the next page would not read from the disk. See decision 0072. */
function ticksOf(timeline: Timeline, isKeeping: boolean): Ticks {
  const { unsavedPlaces } = timeline;
  const { delivered, read } = timeline.savedTheirs;
  return (seq) => {
    if (isKeeping && unsavedPlaces.includes(seq)) return WAITING;
    if (seq <= read) return READ;
    return seq <= delivered ? DELIVERED : SENT;
  };
}

/** Undefined for what has no line of its own: it shows in the message that it is about. */
function entryView(
  entry: StoredEntry,
  me: UserId,
  ticks: Ticks,
  changes: readonly OutboxItem[],
): EntryView | undefined {
  const { id, seq, from, at } = entry;
  const mine = from === me;
  switch (entry.kind) {
    case "message": {
      const progress = mine ? ticks(seq) : undefined;
      return redrawn(entry, progress, changes, () => {
        const { edited, reactions, body } = entry;
        const said = { text: body.text, ...(edited && { edited }), ...(reactions && { reactions }) };
        return messageView({ id, seq, from, mine, at, ...said, ...(progress && { progress }) }, changes, me);
      });
    }
    case "erased":
      if (entry.was === "edit") return undefined;
      return redrawn(entry, undefined, NO_CHANGES, () => deletedView({ id, seq, from, mine, at }));
    case "closed":
    case "opened":
      return redrawn(entry, undefined, NO_CHANGES, () => ({ kind: entry.kind, id, seq, from, mine, at }));
    case "edit":
    case "delete":
    case "reaction":
      return undefined;
    default:
      return entry satisfies never;
  }
}

function pendingView(
  { item, place }: Pending,
  me: UserId,
  ticks: Ticks,
  changes: readonly OutboxItem[],
): EntryView | undefined {
  const { id, state, queuedAt: at } = item;
  const placed = { id, from: me, mine: true, at };
  switch (item.kind) {
    case "message": {
      const progress = place ? ticks(place.seq) : state;
      const shown = { ...placed, text: item.body.text, progress };
      return redrawn(item, progress, changes, () => messageView(shown, changes, me));
    }
    case "closed":
    case "opened":
      return redrawn(item, undefined, NO_CHANGES, () => ({ kind: item.kind, ...placed }));
    case "edit":
    case "delete":
    case "reaction":
      return undefined;
    default:
      return item satisfies never;
  }
}

function redrawn(
  source: object,
  progress: Progress | undefined,
  changes: readonly OutboxItem[],
  draw: () => EntryView,
): EntryView {
  const before = drawn.get(source);
  const same = before && changes.every((item, index) => item === before.changes[index]);
  if (same && before.progress === progress && before.changes.length === changes.length) return before.view;
  const view = draw();
  drawn.set(source, { progress, changes, view });
  return view;
}

function lastView({ kept, pending }: Timeline, me: UserId, ticks: Ticks): LastView | undefined {
  const written = pending.at(-1);
  const changes = pendingChanges(pending);
  if (written) return cut(lastPending(written, me, ticks, changes.get(written.item.id)));
  return kept.preview && cut(lastEntry(kept.preview, me, ticks, changes.get(kept.preview.seq)));
}

function lastEntry(entry: StoredEntry, me: UserId, ticks: Ticks, changes = NO_CHANGES): LastView | undefined {
  const { id, from, at } = entry;
  const placed = { id, from, mine: from === me, at };
  if (entry.kind === "edit") return { kind: "edit", ...placed, text: entry.body.text };
  if (entry.kind === "reaction") return { kind: "reaction", ...placed, ...emojiOf(entry) };
  if (entry.kind === "delete" || entry.kind === "erased") return deletedView(placed);
  return entryView(entry, me, ticks, changes);
}

function lastPending(one: Pending, me: UserId, ticks: Ticks, changes = NO_CHANGES): LastView | undefined {
  const { item } = one;
  const placed = { id: item.id, from: me, mine: true, at: item.queuedAt };
  if (item.kind === "edit") return { kind: "edit", ...placed, text: item.body.text };
  if (item.kind === "reaction") return { kind: "reaction", ...placed, ...emojiOf(item) };
  return targetOf(item) === undefined ? pendingView(one, me, ticks, changes) : deletedView(placed);
}

const emojiOf = ({ emoji }: { readonly emoji?: string }) => (emoji === undefined ? {} : { emoji });

const cuts = new WeakMap<LastView, LastView>();
function cut(view: LastView | undefined): LastView | undefined {
  if (!view || !("text" in view) || view.text.length <= PREVIEW_CHARACTERS) return view;
  const before = cuts.get(view);
  if (before) return before;
  const short = { ...view, text: firstCharacters(view.text, PREVIEW_CHARACTERS) };
  cuts.set(view, short);
  return short;
}
