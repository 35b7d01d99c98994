"use client";

// Finds the first unread message, however far up, and says where the line above that message stands.

import { useEffect, useRef, useState } from "react";
import type { TimelineView } from "../../core/client/views";
import type { Seq } from "../../core/domain/ids";
import { usePageFocus } from "../browser/use-page-focus";
import { useChat } from "./chat-context";
import { holdsFirstUnread } from "./seen-messages";
import { fixLine, lineAt, lookAway, type UnreadLine } from "./unread-line";
import { useConnection } from "./use-live";

type Line = {
  readonly at: Seq | undefined;
  /** The conversation is still opening: the first unread message may not be known yet. */
  readonly isOpening: boolean;
  /** The entries at which the list opens are loaded. */
  readonly isReady: boolean;
};

/** Longer than any request waits for an answer. Without a new page for so long, the list opens as it is. */
const LONGEST_PAGE_MS = 20_000;

export function useUnreadLine(timeline: TimelineView): Line {
  const [line, setLine] = useState<UnreadLine>({ is: "opening" });
  const hasFocus = usePageFocus();
  const connection = useConnection().is;
  const isLive = connection === "live";
  const isOpening = line.is === "opening";
  const isFound = useFirstUnread(timeline, isOpening, isLive);

  const isOver = !isOpening || (isLive && isFound);
  const next = !isOver ? line : hasFocus ? fixLine(line, timeline) : lookAway(line);
  if (next !== line) setLine(next);

  const isComing = connection === "connecting" || connection === "catching-up" || isLive;
  const isEmptyYet = timeline.entries.length === 0 && timeline.isBehind;
  return {
    at: lineAt(next, timeline),
    isOpening: next.is === "opening",
    isReady: !isComing || (isFound && !isEmptyYet),
  };
}

/** Loads older entries until the first unread message is loaded, or a request brings no entry. */
function useFirstUnread(timeline: TimelineView, isOpening: boolean, isLive: boolean): boolean {
  const { client } = useChat();
  const { conversation, loadedFrom, loadingOlder, readAtOpening, unread } = timeline;
  const [gaveUp, setGaveUp] = useState(false);
  const asked = useRef<string>(undefined);
  const isMissing = isOpening && !gaveUp && unread > 0 && !holdsFirstUnread(timeline, readAtOpening);

  useEffect(() => {
    // One request for each place and each state of the connection: a request that brought no entry is not repeated.
    const place = `${loadedFrom} ${isLive}`;
    if (!isMissing || loadingOlder || asked.current === place) return;
    asked.current = place;
    void client.loadOlder(conversation).then(() => {
      const now = client.timeline(conversation).getSnapshot();
      const isStillLive = isLive && client.connection.getSnapshot().is === "live";
      if (isStillLive && now?.loadedFrom === loadedFrom) setGaveUp(true);
    });
  }, [client, conversation, isLive, isMissing, loadedFrom, loadingOlder]);

  useEffect(() => {
    if (!isMissing || !isLive) return;
    const timer = setTimeout(() => setGaveUp(true), LONGEST_PAGE_MS);
    return () => clearTimeout(timer);
  }, [isLive, isMissing, loadedFrom]);

  return !isMissing;
}
