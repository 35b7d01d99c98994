"use client";

// Looks which messages are on the screen, and tells the client how far the conversation is read. The looks stop while no
// unread message is in sight.

import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from "react";
import type { TimelineView } from "../../core/client/views";
import type { Seq } from "../../core/domain/ids";
import { pageFocus } from "../browser/page-focus";
import { usePageFocus } from "../browser/use-page-focus";
import { useChat } from "./chat-context";
import { isInSight, look, LOOK_EVERY_MS, NOT_LOOKED, readUpTo, type Span } from "./seen-messages";
import type { TimelineRow } from "./timeline-rows";

/** Returns a function to call when the list was scrolled. */
export function useSeenMessages(
  viewport: RefObject<HTMLElement | null>,
  timeline: TimelineView,
  rows: readonly TimelineRow[],
  drawn: boolean,
): () => void {
  const { client } = useChat();
  const hasFocus = usePageFocus();
  const seen = useRef(new Set<Seq>());
  const looked = useRef(NOT_LOOKED);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef({ timeline, rows, drawn });
  useLayoutEffect(() => void (latest.current = { timeline, rows, drawn }), [timeline, rows, drawn]);

  const lookNow = useCallback(() => {
    timer.current = undefined;
    const { timeline: now, rows: all, drawn: isDrawn } = latest.current;
    const list = viewport.current;
    const isUnseen = (seq: Seq) => seq > now.read && !seen.current.has(seq);
    const inSight = list && isDrawn && pageFocus.has() ? seqsInSight(list, all).filter(isUnseen) : [];
    const next = look(looked.current, { at: performance.now(), inSight });
    looked.current = next.looked;
    for (const seq of next.seen) seen.current.add(seq);
    const upTo = readUpTo(now, (seq) => seen.current.has(seq));
    if (upTo > now.read) client.shown(now.conversation, upTo);
    if (inSight.length > 0) timer.current = setTimeout(lookNow, LOOK_EVERY_MS);
  }, [client, viewport]);

  const wake = useCallback(() => {
    timer.current ??= setTimeout(lookNow, LOOK_EVERY_MS);
  }, [lookNow]);

  useEffect(wake, [wake, rows, drawn, hasFocus]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return wake;
}

function seqsInSight(list: HTMLElement, rows: readonly TimelineRow[]): readonly Seq[] {
  const byKey = new Map(rows.map(({ key, entry }) => [key, entry]));
  const window = visiblePartOf(list);
  return [...list.querySelectorAll<HTMLElement>("[data-entry]")].flatMap((element) => {
    const entry = byKey.get(element.dataset["entry"] ?? "");
    if (!entry || entry.mine || entry.seq === undefined) return [];
    return isInSight(element.getBoundingClientRect(), window) ? [entry.seq] : [];
  });
}

/** A keyboard on the screen or an enlarged page hides some of the list. */
function visiblePartOf(list: HTMLElement): Span {
  const { top, bottom } = list.getBoundingClientRect();
  const view = window.visualViewport;
  if (!view) return { top: Math.max(top, 0), bottom: Math.min(bottom, window.innerHeight) };
  return { top: Math.max(top, view.offsetTop), bottom: Math.min(bottom, view.offsetTop + view.height) };
}
