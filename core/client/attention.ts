// Who is there and who is typing: said and heard while a socket stands, never stored.

import type { ConversationId, UserId } from "../domain/ids";
import { TYPING_EVERY_MS, TYPING_MS, WATCH_EVERY_MS } from "../domain/limits";
import type { Presence } from "../domain/person";
import { peerOf } from "../domain/conversation";
import type { Device } from "./device.types";
import type { Surroundings } from "./ports/surroundings";
import type { Timeline } from "./timeline";

export interface Attention {
  /** All that are looked at now. */
  look(conversations: readonly ConversationId[]): void;
  /** A key was pressed here. */
  typing(conversation: ConversationId): void;
  /** The person has stopped, without a message: told where the other may still see them type. */
  stoppedTyping(conversation: ConversationId): void;
  /** A message was written here, which ends the typing: the next key is to be told at once. */
  wrote(conversation: ConversationId): void;
  peerTypes(conversation: ConversationId, user: UserId, typing: boolean): void;
  peerIs(user: UserId, presence: Presence): void;
  /** A new socket knows nothing of what was watched. */
  welcomed(): void;
  /** It was closed or opened, and the server knows nothing of what was watched there before. */
  turned(conversation: ConversationId): void;
  lost(): void;
  stop(): void;
}

export function createAttention(device: Device, surroundings: Surroundings): Attention {
  const { timelines, connection, timers } = device;
  const watched = new Set<ConversationId>();
  const typedAt = new Map<ConversationId, number>();
  const ends = new Map<ConversationId, () => void>();
  let looking: readonly ConversationId[] = [];
  let cancel = () => {};

  function watchAll(): void {
    for (const conversation of looking) void watch(conversation);
  }

  async function watch(conversation: ConversationId): Promise<void> {
    if (watched.has(conversation) || !connection.isUp()) return;
    watched.add(conversation);
    const reply = await connection.ask({ action: "watch", conversation });
    if (reply.is === "answered") peerIs(reply.answer.user, reply.answer.presence);
    else watched.delete(conversation);
  }

  /** Of one whose line died without a word nobody is told, so it is asked again while somebody sees them online. */
  function askAgainLater(): void {
    cancel();
    if (looking.length > 0) cancel = timers.after(WATCH_EVERY_MS, askAgain);
  }

  function askAgain(): void {
    if (surroundings.visible()) {
      const online = looking.filter((one) => timelines.get(one)?.peerPresence?.is === "online");
      for (const conversation of online) watched.delete(conversation);
      watchAll();
    }
    askAgainLater();
  }

  function peerIs(user: UserId, presence: Presence): void {
    for (const { kept } of timelines.all()) {
      if (kept.peer.user !== user) continue;
      timelines.change(kept.conversation, (timeline) => ({ ...timeline, peerPresence: presence }));
      if (presence.is === "offline") setTyping(kept.conversation, false);
    }
  }

  /** Whether the other was told of typing within this time. A clock that was set back must not silence anybody. */
  function hasTold(conversation: ConversationId, withinMs: number): boolean {
    const sinceMs = timers.now() - (typedAt.get(conversation) ?? -Infinity);
    return sinceMs >= 0 && sinceMs < withinMs;
  }

  /** Nobody would see it. */
  const isAway = (conversation: ConversationId): boolean =>
    timelines.get(conversation)?.peerPresence?.is === "offline";

  function setTyping(conversation: ConversationId, peerTyping: boolean): void {
    ends.get(conversation)?.();
    ends.delete(conversation);
    timelines.change(conversation, (timeline) =>
      timeline.peerTyping === peerTyping ? timeline : { ...timeline, peerTyping },
    );
    if (peerTyping)
      ends.set(
        conversation,
        timers.after(TYPING_MS, () => setTyping(conversation, false)),
      );
  }

  function endTyping(): void {
    for (const end of ends.values()) end();
    ends.clear();
  }

  return {
    look: (conversations) => {
      const fresh = conversations.filter((conversation) => !looking.includes(conversation));
      looking = conversations;
      for (const conversation of fresh)
        timelines.change(conversation, (now) => ({ ...now, readAtOpening: now.kept.mine.read }));
      watchAll();
      askAgainLater();
    },
    typing: (conversation) => {
      if (!connection.isUp() || hasTold(conversation, TYPING_EVERY_MS) || isAway(conversation)) return;
      typedAt.set(conversation, timers.now());
      connection.tell({ action: "typing", conversation, typing: true });
    },
    stoppedTyping: (conversation) => {
      const isShown = hasTold(conversation, TYPING_MS) && !isAway(conversation);
      typedAt.delete(conversation);
      if (isShown && connection.isUp()) connection.tell({ action: "typing", conversation, typing: false });
    },
    wrote: (conversation) => void typedAt.delete(conversation),
    peerTypes: (conversation, user, typing) => {
      const me = device.me();
      if (me && timelines.get(conversation) && user === peerOf(conversation, me))
        setTyping(conversation, typing);
    },
    peerIs,
    welcomed: () => {
      watched.clear();
      watchAll();
    },
    turned: (conversation) => {
      watched.delete(conversation);
      timelines.change(conversation, alone);
      if (looking.includes(conversation)) void watch(conversation);
    },
    lost: () => {
      watched.clear();
      typedAt.clear();
      endTyping();
      for (const { kept } of timelines.all()) timelines.change(kept.conversation, alone);
    },
    stop: () => {
      endTyping();
      cancel();
    },
  };
}

/** Without a line nothing is known of the other. */
function alone(timeline: Timeline): Timeline {
  if (!timeline.peerTyping && !timeline.peerPresence) return timeline;
  const { peerPresence: _, ...rest } = timeline;
  return { ...rest, peerTyping: false };
}
