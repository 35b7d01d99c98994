// What the person is shown of a timeline: the log with the pending messages on top.

import type { UserId } from "../domain/ids";
import { unreadOf, type Watermarks } from "../domain/inbox-row";
import { PREVIEW_CHARACTERS } from "../domain/limits";
import { firstCharacters } from "../domain/text";
import { alike } from "./live";
import type { Pending } from "./outbox";
import type { StoredEntry } from "./ports/store";
import { firstLoaded, type Timeline } from "./timeline";
import type { ConversationView, EntryView, MessageView, Progress, TimelineView } from "./views";

export function timelineView(timeline: Timeline, me: UserId): TimelineView {
  const { kept, entries, pending, peerPresence } = timeline;
  const log = entries.map((entry) => remembered(entry, entryView(entry, me, kept.theirs)));
  const waiting = pending.map((one) => remembered(one.item, pendingView(one, me, kept.theirs)));
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
  if (written) return cut(pendingView(written, me, kept.theirs), written);
  return kept.preview && cut(entryView(kept.preview, me, kept.theirs), kept.preview);
}

/** Rows are compared by identity, so the same line is the same object. */
const cuts = new WeakMap<object, EntryView>();
function cut(view: EntryView, source: object): EntryView {
  const short =
    view.kind === "message" ? { ...view, text: firstCharacters(view.text, PREVIEW_CHARACTERS) } : view;
  return same(cuts, source, short);
}

function entryView(entry: StoredEntry, me: UserId, theirs: Watermarks): EntryView {
  const { id, seq, from, at } = entry;
  const mine = from === me;
  if (entry.kind !== "message") return { kind: entry.kind, id, seq, from, mine, at };
  const message: MessageView = { kind: "message", id, seq, from, mine, text: entry.body.text, at };
  return mine ? { ...message, progress: tick(seq, theirs) } : message;
}

function pendingView({ item, place }: Pending, me: UserId, theirs: Watermarks): MessageView {
  const { id, body, state, queuedAt } = item;
  const progress = place ? tick(place.seq, theirs) : state;
  return { kind: "message", id, from: me, mine: true, text: body.text, at: queuedAt, progress };
}

// One object a tick, so that two views of the same entry are alike.
const SENT: Progress = { is: "sent" };
const DELIVERED: Progress = { is: "delivered" };
const READ: Progress = { is: "read" };

function tick(seq: number, { delivered, read }: Watermarks): Progress {
  if (seq <= read) return READ;
  return seq <= delivered ? DELIVERED : SENT;
}

const drawn = new WeakMap<object, EntryView>();
const remembered = (source: object, view: EntryView): EntryView => same(drawn, source, view);

function same(views: WeakMap<object, EntryView>, source: object, view: EntryView): EntryView {
  const before = views.get(source);
  if (before && alike(before, view)) return before;
  views.set(source, view);
  return view;
}
