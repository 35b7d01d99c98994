// Watermarks both ways. `delivered` is said of what is on disk and nothing else; `read` of what was shown. A few
// hundred milliseconds of them go in one frame, which is told and has no answer.
//
//   kept.mine     what counts here, from the moment that it is shown
//   kept.marked   what the server has said that it has; nothing else raises it
//   said          what was told on this socket: not told twice, unless it seems to be lost
//
// Told again is what was refused for a while, what an entry that comes a second time speaks of (the server knows no
// device of this person to have it), what the lookout finds to be lower on the server, and all that the next socket's
// welcome does not have.

import type { Tally } from "../domain/entry";
import { NO_SEQ, nextSeq, type ConversationId, type Seq, type UserId } from "../domain/ids";
import type { Watermarks } from "../domain/inbox-row";
import { blockOf } from "./block";
import type { Device } from "./device.types";
import type { StoredEntry } from "./ports/store";
import { firstLoaded, max, min, raised, type Timeline } from "./timeline";

export const MARKS_EVERY_MS = 300;

export interface Marks {
  saved(conversation: ConversationId, next: (timeline: Timeline) => Timeline): void;
  shown(conversation: ConversationId, seq: Seq): void;
  told(conversation: ConversationId, user: UserId, marks: Watermarks): void;
  /** These came from the server, for the first time or again. */
  met(conversation: ConversationId, entries: readonly StoredEntry[]): void;
  /** More was told than the server is known to have. */
  isUnsure(conversation: ConversationId): boolean;
  /** So they stand on the server. */
  stand(conversation: ConversationId, marks: Watermarks): void;
  /** A new socket: what the one before was told may have been lost with it. */
  welcomed(): void;
  /** Tells what the server is not known to have and was not told on this socket. */
  flushSoon(conversation: ConversationId): void;
  stop(): void;
}

export function createMarks(device: Device): Marks {
  const { timelines, keeper, connection, timers } = device;
  const due = new Set<ConversationId>();
  const said = new Map<ConversationId, Watermarks>();
  let cancel: (() => void) | undefined;

  function flushSoon(conversation: ConversationId, delayMs = MARKS_EVERY_MS): void {
    due.add(conversation);
    cancel ??= timers.after(delayMs, flush);
  }

  function flush(): void {
    cancel = undefined;
    const conversations = [...due];
    due.clear();
    for (const conversation of conversations) say(conversation);
  }

  function say(conversation: ConversationId): void {
    const timeline = timelines.get(conversation);
    const me = device.me();
    if (!timeline || !me || !connection.isUp()) return;
    const marked = markedOf(timeline);
    const before = raised(marked, said.get(conversation) ?? marked);
    const { delivered, read } = toSay(timeline, me, before);
    if (!isAbove({ delivered, read }, before)) return;
    said.set(conversation, { delivered, read });
    connection.tell(
      { action: "mark", conversation, delivered, ...(read > before.read && { read }) },
      ({ code, delayMs }) => {
        if (code === "try-again" || code === "slow-down") again(conversation, device.pauseMs(1, delayMs));
      },
    );
  }

  function again(conversation: ConversationId, delayMs?: number): void {
    said.delete(conversation);
    flushSoon(conversation, delayMs);
  }

  function isUnsure(conversation: ConversationId): boolean {
    const timeline = timelines.get(conversation);
    const told = said.get(conversation);
    return timeline !== undefined && told !== undefined && isAbove(told, markedOf(timeline));
  }

  /** The server has these of one's own; from another device they are news here too. */
  function heard(conversation: ConversationId, marks: Watermarks): void {
    timelines.change(conversation, (timeline) => {
      const { kept } = timeline;
      const marked = raised(markedOf(timeline), marks);
      return withMine({ ...timeline, kept: { ...kept, marked } }, raised(kept.mine, marks));
    });
    keeper.change(conversation);
    void recount(conversation);
  }

  /** The tally at a place that is only on disk. */
  async function recount(conversation: ConversationId): Promise<void> {
    const read = timelines.get(conversation)?.kept.mine.read ?? NO_SEQ;
    const timeline = timelines.get(conversation);
    if (!timeline || read === NO_SEQ || tallyAt(timeline, read)) return;
    const [entry] = await device.store.entriesBefore(conversation, nextSeq(read), 1).catch(() => []);
    if (entry?.seq !== read) return;
    timelines.change(conversation, (now) =>
      now.kept.mine.read === read ? { ...now, kept: { ...now.kept, tallyAtRead: entry.tally } } : now,
    );
    keeper.change(conversation);
  }

  return {
    flushSoon: (conversation) => flushSoon(conversation),
    saved: (conversation, next) => {
      timelines.change(conversation, next);
      flushSoon(conversation);
    },
    shown: (conversation, seq) => {
      const timeline = timelines.get(conversation);
      if (!timeline) return;
      const { kept } = timeline;
      const read = min(seq, kept.cursor);
      if (read <= kept.mine.read || !tallyAt(timeline, read)) return;
      const marked = markedOf(timeline);
      const mine = raised(kept.mine, { delivered: read, read });
      timelines.put(withMine({ ...timeline, kept: { ...kept, marked } }, mine));
      keeper.change(conversation);
      flushSoon(conversation);
    },
    told: (conversation, user, marks) => {
      if (user === device.me()) return heard(conversation, marks);
      timelines.change(conversation, (timeline) => {
        const theirs = raised(timeline.kept.theirs, marks);
        // A push that was on its way when the conversation was closed is not to cross the block.
        return theirs === timeline.kept.theirs || blockOf(timeline).closed
          ? timeline
          : { ...timeline, kept: { ...timeline.kept, theirs } };
      });
      keeper.change(conversation);
    },
    met: (conversation, entries) => {
      const told = said.get(conversation);
      const timeline = timelines.get(conversation);
      if (!told || !timeline) return;
      const { delivered } = markedOf(timeline);
      const isLacked = ({ from, seq }: StoredEntry) =>
        from !== device.me() && seq > delivered && seq <= told.delivered;
      if (entries.some(isLacked)) again(conversation);
    },
    isUnsure,
    stand: (conversation, marks) => {
      heard(conversation, marks);
      if (isUnsure(conversation)) again(conversation);
    },
    welcomed: () => said.clear(),
    stop: () => cancel?.(),
  };
}

const markedOf = ({ kept }: Timeline): Watermarks => kept.marked ?? kept.mine;

const isAbove = (one: Watermarks, other: Watermarks): boolean =>
  one.delivered > other.delivered || one.read > other.read;

/** One's own messages are delivered to oneself, and read, without saying so: nobody counts them. */
function toSay(timeline: Timeline, me: UserId, marked: Watermarks): Watermarks {
  const { entries, savedUpTo, kept } = timeline;
  const first = firstLoaded(timeline);
  // What is not in memory may be anybody's.
  const hasNews = (above: Seq, upTo: Seq) =>
    upTo > above &&
    (first > above + 1 || entries.some(({ from, seq }) => from !== me && seq > above && seq <= upTo));
  const read = hasNews(marked.read, kept.mine.read) ? kept.mine.read : marked.read;
  const delivered = hasNews(marked.delivered, savedUpTo) ? savedUpTo : marked.delivered;
  return { delivered: max(delivered, read), read };
}

function withMine(timeline: Timeline, mine: Watermarks): Timeline {
  const { kept } = timeline;
  const tallyAtRead = mine.read > kept.mine.read ? tallyAt(timeline, mine.read) : undefined;
  return { ...timeline, kept: { ...kept, mine, ...(tallyAtRead && { tallyAtRead }) } };
}

function tallyAt({ entries, kept }: Timeline, seq: Seq): Tally | undefined {
  if (kept.preview?.seq === seq) return kept.preview.tally;
  return entries.find((entry) => entry.seq === seq)?.tally;
}
