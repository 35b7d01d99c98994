// Watermarks both ways. `delivered` is said of what is on disk and nothing else; `read` of what was shown. A few
// hundred milliseconds of them go in one frame. What the server did not take is said again on the next socket.

import type { Tally } from "../domain/entry";
import { NO_SEQ, nextSeq, type ConversationId, type Seq, type UserId } from "../domain/ids";
import type { Watermarks } from "../domain/inbox-row";
import { blockOf } from "./block";
import type { Device } from "./device.types";
import { raised } from "./summary";
import { firstLoaded, max, min, type Timeline } from "./timeline";

export const MARKS_EVERY_MS = 300;

export interface Marks {
  saved(conversation: ConversationId, upTo: Seq): void;
  shown(conversation: ConversationId, seq: Seq): void;
  told(conversation: ConversationId, user: UserId, marks: Watermarks): void;
  /** Says what the server is not known to have. */
  flushSoon(conversation: ConversationId): void;
  stop(): void;
}

export function createMarks(device: Device): Marks {
  const { timelines, keeper, connection, timers } = device;
  const due = new Set<ConversationId>();
  let cancel: (() => void) | undefined;

  function flushSoon(conversation: ConversationId, delayMs = MARKS_EVERY_MS): void {
    due.add(conversation);
    cancel ??= timers.after(delayMs, flush);
  }

  function flush(): void {
    cancel = undefined;
    const conversations = [...due];
    due.clear();
    for (const conversation of conversations) void say(conversation);
  }

  async function say(conversation: ConversationId): Promise<void> {
    const timeline = timelines.get(conversation);
    const me = device.me();
    if (!timeline || !me || !connection.isUp()) return;
    const marked = timeline.kept.marked ?? timeline.kept.mine;
    const { delivered, read } = toSay(timeline, me, marked);
    if (delivered <= marked.delivered && read <= marked.read) return;
    const reply = await connection.ask({
      action: "mark",
      conversation,
      delivered,
      ...(read > marked.read && { read }),
    });
    if (reply.is === "lost") return;
    if (reply.is === "refused" && (reply.code === "try-again" || reply.code === "slow-down"))
      return flushSoon(conversation, device.pauseMs(1, reply.delayMs));
    heard(conversation, { delivered, read });
  }

  /** The server has these of one's own; from another device they are news here too. */
  function heard(conversation: ConversationId, marks: Watermarks): void {
    timelines.change(conversation, (timeline) => {
      const { kept } = timeline;
      const marked = raised(kept.marked ?? kept.mine, marks);
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
    saved: (conversation, upTo) => {
      timelines.change(conversation, (timeline) => ({ ...timeline, savedUpTo: upTo }));
      flushSoon(conversation);
    },
    shown: (conversation, seq) => {
      const timeline = timelines.get(conversation);
      if (!timeline) return;
      const { kept } = timeline;
      const read = min(seq, kept.cursor);
      if (read <= kept.mine.read || !tallyAt(timeline, read)) return;
      const marked = kept.marked ?? kept.mine;
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
    stop: () => cancel?.(),
  };
}

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
