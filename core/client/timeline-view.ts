// What the person is shown of a timeline: the log with the pending messages on top.

import type { UserId } from "../domain/ids";
import { unreadOf, type Watermarks } from "../domain/inbox-row";
import { PREVIEW_CHARACTERS } from "../domain/limits";
import { firstCharacters } from "../domain/text";
import type { Pending } from "./outbox";
import type { StoredEntry } from "./ports/store";
import { firstLoaded, type Timeline } from "./timeline";
import type { ConversationView, EntryView, Progress, TimelineView } from "./views";

export function timelineView(timeline: Timeline, me: UserId): TimelineView {
  const { kept, entries, pending, peerPresence } = timeline;
  const log = entries.map((entry) => entryView(entry, me, kept.theirs));
  const waiting = pending.map((one) => pendingView(one, me, kept.theirs));
  return {
    conversation: kept.conversation,
    peer: kept.peer,
    entries: [...log, ...waiting],
    hasOlder: firstLoaded(timeline) > kept.floor + 1,
    loadingOlder: timeline.loadingOlder,
    readAtOpening: timeline.readAtOpening,
    unread: unreadIn(timeline, me),
    peerTyping: timeline.peerTyping,
    ...(peerPresence && { peerPresence }),
    closed: isClosed(timeline),
  };
}

export function conversationView(timeline: Timeline, me: UserId): ConversationView {
  const { kept, peerTyping } = timeline;
  const last = lastView(timeline, me);
  return {
    conversation: kept.conversation,
    peer: kept.peer,
    activeAt: Math.max(kept.activeAt, last?.at ?? 0),
    unread: unreadIn(timeline, me),
    ...(last && { last }),
    peerTyping,
  };
}

/** The newest that is known decides, in the stretch or above it. */
export const isClosed = ({ kept }: Timeline): boolean => kept.preview?.state.is === "closed";

const unreadIn = ({ kept }: Timeline, me: UserId) => unreadOf(kept.tallyAtTail, kept.tallyAtRead, me);

function lastView({ kept, pending }: Timeline, me: UserId): EntryView | undefined {
  const written = pending.at(-1);
  if (written) return cut(pendingView(written, me, kept.theirs));
  return kept.preview && cut(entryView(kept.preview, me, kept.theirs));
}

// An entry that looks as before is the same object: a row is drawn again only when something in it changed. The
// only thing that can change in one is its tick, and there is one object for each tick.
const drawn = new WeakMap<object, EntryView>();
const SENT: Progress = { is: "sent" };
const DELIVERED: Progress = { is: "delivered" };
const READ: Progress = { is: "read" };

function tick(seq: number, { delivered, read }: Watermarks): Progress {
  if (seq <= read) return READ;
  return seq <= delivered ? DELIVERED : SENT;
}

function entryView(entry: StoredEntry, me: UserId, theirs: Watermarks): EntryView {
  const { id, seq, from, at } = entry;
  const mine = from === me;
  const progress = mine && entry.kind === "message" ? tick(seq, theirs) : undefined;
  return redrawn(entry, progress, () =>
    entry.kind === "message"
      ? { kind: "message", id, seq, from, mine, text: entry.body.text, at, ...(progress && { progress }) }
      : { kind: entry.kind, id, seq, from, mine, at },
  );
}

function pendingView({ item, place }: Pending, me: UserId, theirs: Watermarks): EntryView {
  const { id, body, state, queuedAt } = item;
  const progress = place ? tick(place.seq, theirs) : state;
  return redrawn(item, progress, () => {
    return { kind: "message", id, from: me, mine: true, text: body.text, at: queuedAt, progress };
  });
}

function redrawn(source: object, progress: Progress | undefined, draw: () => EntryView): EntryView {
  const before = drawn.get(source);
  if (before && (before.kind !== "message" || before.progress === progress)) return before;
  const view = draw();
  drawn.set(source, view);
  return view;
}

const cuts = new WeakMap<EntryView, EntryView>();
function cut(view: EntryView): EntryView {
  if (view.kind !== "message" || view.text.length <= PREVIEW_CHARACTERS) return view;
  const before = cuts.get(view);
  if (before) return before;
  const short = { ...view, text: firstCharacters(view.text, PREVIEW_CHARACTERS) };
  cuts.set(view, short);
  return short;
}
