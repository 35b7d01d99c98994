"use client";

import { useState } from "react";
import type { TimelineView } from "../../core/client/views";
import type { ConversationId } from "../../core/domain/ids";
import type { Presence } from "../../core/domain/person";

export type KnownPresence = { readonly conversation: ConversationId; readonly presence?: Presence };

type Heard = Pick<TimelineView, "conversation" | "peerPresence" | "closed">;

/**
 * Remembers the other person's presence while the line is lost, when the client knows nothing of it.
 *
 * - "offline" stays as it was: the time of last seen is still true.
 * - "online" becomes "offline, last seen now": nobody can say that the person is still there.
 * - A closed conversation and another conversation forget it: a block hides presence.
 */
export function keepPresence(before: KnownPresence, heard: Heard, now: number): KnownPresence {
  const { conversation, peerPresence, closed } = heard;
  if (peerPresence && !closed)
    return before.conversation === conversation && before.presence === peerPresence
      ? before
      : { conversation, presence: peerPresence };
  if (before.conversation !== conversation || closed)
    return before.conversation === conversation && !before.presence ? before : { conversation };
  return before.presence?.is === "online"
    ? { conversation, presence: { is: "offline", lastSeenAt: now } }
    : before;
}

export function useKnownPresence(timeline: TimelineView, now: number): Presence | undefined {
  const [known, setKnown] = useState<KnownPresence>({ conversation: timeline.conversation });
  const next = keepPresence(known, timeline, now);
  if (next !== known) setKnown(next);
  return next.presence;
}
