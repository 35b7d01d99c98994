"use client";

// Where the list of messages stands: the list opens at the line above the first unread message, else at the newest
// message; the list follows the newest message while it holds on to the end (scroll-hold.ts); the list stands still when
// older messages are put in front.

import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { VirtualizerHandle } from "virtua";
import type { TimelineView } from "../../core/client/views";
import { watchScrollInput, type ScrollInput } from "../browser/scroll-input";
import { useVisible } from "../browser/use-visible";
import { useChat } from "./chat-context";
import { holdAfterScroll, isAtEnd, type Hold, type Measures } from "./scroll-hold";
import type { TimelineRow } from "./timeline-rows";

/** Older entries are fetched before their place comes into sight. */
const OLDER_AHEAD_PX = 800;
/** The last messages that were read before stay visible above the line. */
const ABOVE_LINE_PX = 96;
/** No row was measured for this long: the list has found its place, also on a slow phone. */
const SETTLED_MS = 300;
/** The list is shown after this time, even where rows are still being measured. */
const LONGEST_SEARCH_MS = 1_500;
/** Larger than every list: the browser scrolls to the end instead. */
const BEYOND_END_PX = 1e9;

export type MessageScroll = {
  readonly list: RefObject<VirtualizerHandle | null>;
  readonly atEnd: boolean;
  /** Unread messages stand above the window. */
  readonly unreadAbove: boolean;
  /** The list has found the place where it opens. Before that the list is hidden. */
  readonly drawn: boolean;
  readonly scrolled: () => void;
  readonly resized: () => void;
  readonly toEnd: () => void;
  readonly toFirstUnread: () => void;
  /** Stops following the end: a message in sight is about to grow, and must keep its place. */
  readonly letGo: () => void;
};

export type MessageScrollNeeds = {
  readonly viewport: RefObject<HTMLElement | null>;
  readonly timeline: TimelineView;
  readonly rows: readonly TimelineRow[];
  /** From useUnreadLine. */
  readonly isOpening: boolean;
  readonly isReady: boolean;
};

export function useMessageScroll(needs: MessageScrollNeeds): MessageScroll {
  const { viewport, timeline, rows, isOpening, isReady } = needs;
  const { client } = useChat();
  const { conversation, hasOlder, loadingOlder, read } = timeline;
  const isVisible = useVisible();
  const list = useRef<VirtualizerHandle>(null);
  const hold = useRef<Hold>("end");
  const measures = useRef<Measures>({ offsetPx: 0, sizePx: 0, windowPx: 0 });
  const resizedAt = useRef(-Infinity);
  const input = useScrollInput(viewport);
  const [drawn, setDrawn] = useState(false);
  const [atEnd, setAtEnd] = useState(true);
  const [unreadAbove, setUnreadAbove] = useState(false);
  const lineIndex = rows.findIndex((row) => row.unreadLine);
  const lastKey = rows[rows.length - 1]?.key;
  const firstUnread = rows.findIndex(({ entry }) => !entry.mine && (entry.seq ?? 0) > read);

  const toRow = useCallback(
    (index: number) => {
      const [element, handle] = [viewport.current, list.current];
      if (!element || !handle) return;
      const offset = lineInRow(element, handle, index) - ABOVE_LINE_PX;
      handle.scrollToIndex(index, { align: "start", offset });
    },
    [viewport],
  );

  /** Notes where the list stands, and loads older entries near the top. */
  const note = useCallback(() => {
    const [element, handle] = [viewport.current, list.current];
    if (!element || !handle || element.clientHeight === 0) return;
    measures.current = measured(element);
    setAtEnd(isAtEnd(measures.current));
    setUnreadAbove(firstUnread >= 0 && bottomOf(handle, firstUnread) <= handle.scrollOffset);
    if (isReady && isInPlace(element, hold.current, lastKey)) setDrawn(true);
    if (drawn && hasOlder && !loadingOlder && element.scrollTop < OLDER_AHEAD_PX)
      void client.loadOlder(conversation);
  }, [client, conversation, drawn, firstUnread, hasOlder, isReady, lastKey, loadingOlder, viewport]);

  /** Scrolls back to the line or to the end, if the list holds on to one of the two. */
  const settle = useCallback(() => {
    const element = viewport.current;
    if (element && hold.current === "end") toEndOf(element);
    if (hold.current === "line" && lineIndex >= 0) toRow(lineIndex);
    note();
  }, [lineIndex, note, toRow, viewport]);

  const scrolled = useCallback(() => {
    const element = viewport.current;
    if (!element) return;
    const byPerson = {
      up: input.current?.isRecent("up") ?? false,
      any: input.current?.isRecent("any") ?? false,
    };
    hold.current = holdAfterScroll(hold.current, {
      before: measures.current,
      now: measured(element),
      byPerson,
    });
    if (hold.current === "end") toEndOf(element);
    note();
  }, [input, note, viewport]);

  const toEnd = useCallback(() => {
    hold.current = "end";
    // This also ends a scroll of the virtual list to a row, which waits for rows to be measured.
    list.current?.scrollTo(BEYOND_END_PX);
    settle();
  }, [settle]);

  const lineKey = rows[lineIndex]?.key;
  useHoldLine({ viewport, hold, resizedAt, lineKey, isOpening, isVisible, settle });
  useOwnMessage(rows, toEnd);

  // Rows were added or removed, or the page became visible.
  useLayoutEffect(settle, [settle, rows, timeline.peerTyping, isVisible]);

  useEffect(() => {
    if (!isReady) return;
    const timer = setTimeout(() => setDrawn(true), LONGEST_SEARCH_MS);
    return () => clearTimeout(timer);
  }, [isReady]);

  return {
    list,
    atEnd,
    unreadAbove,
    drawn: drawn && isReady,
    scrolled,
    resized: useCallback(() => {
      resizedAt.current = performance.now();
      settle();
    }, [settle]),
    toEnd,
    toFirstUnread: useCallback(() => {
      hold.current = "free";
      toRow(firstUnread);
    }, [firstUnread, toRow]),
    letGo: useCallback(() => void (hold.current = "free"), []),
  };
}

function useScrollInput(viewport: RefObject<HTMLElement | null>): RefObject<ScrollInput | undefined> {
  const input = useRef<ScrollInput>(undefined);
  useEffect(() => {
    if (!viewport.current) return;
    const watching = watchScrollInput(viewport.current);
    input.current = watching;
    return watching.stop;
  }, [viewport]);
  return input;
}

type HoldLineNeeds = {
  readonly viewport: RefObject<HTMLElement | null>;
  readonly hold: RefObject<Hold>;
  readonly resizedAt: RefObject<number>;
  readonly lineKey: string | undefined;
  readonly isOpening: boolean;
  readonly isVisible: boolean;
  readonly settle: () => void;
};

/** Holds on to a line that appears while the conversation opens or the page is hidden, unless a person has scrolled. */
function useHoldLine(needs: HoldLineNeeds): void {
  const { viewport, hold, resizedAt, lineKey, isOpening, isVisible, settle } = needs;
  const holdsLine = isOpening || !isVisible;
  const wasOpening = useRef(true);
  const latest = useRef(settle);
  useLayoutEffect(() => void (latest.current = settle), [settle]);

  useLayoutEffect(() => {
    const mayHold = holdsLine || wasOpening.current;
    wasOpening.current = isOpening;
    if (lineKey === undefined || !mayHold || hold.current !== "end") return;
    hold.current = "line";
    latest.current();
  }, [hold, holdsLine, isOpening, lineKey]);

  // Once the rows are measured, the list lets go of the line, and follows the end if the list stands at the end.
  useEffect(() => {
    if (holdsLine || lineKey === undefined) return;
    const timer = setInterval(() => {
      const list = viewport.current;
      const isMeasured = performance.now() - resizedAt.current >= SETTLED_MS;
      if (!list || hold.current !== "line") return clearInterval(timer);
      latest.current();
      if (isMeasured && isInPlace(list, "line", undefined))
        hold.current = isAtEnd(measured(list)) ? "end" : "free";
    }, SETTLED_MS);
    return () => clearInterval(timer);
  }, [hold, holdsLine, lineKey, resizedAt, viewport]);
}

/** A person who writes a message sees that message. */
function useOwnMessage(rows: readonly TimelineRow[], toEnd: () => void): void {
  const last = rows[rows.length - 1];
  const written = last?.entry.mine && last.entry.seq === undefined ? last.key : undefined;
  const before = useRef(written);
  useLayoutEffect(() => {
    // A message that was waiting when the conversation opened is not new.
    if (written !== undefined && written !== before.current) toEnd();
    before.current = written;
  }, [toEnd, written]);
}

const measured = ({ scrollTop, scrollHeight, clientHeight }: HTMLElement): Measures => ({
  offsetPx: scrollTop,
  sizePx: scrollHeight,
  windowPx: clientHeight,
});

function toEndOf(element: HTMLElement): void {
  const endPx = element.scrollHeight - element.clientHeight;
  if (Math.abs(element.scrollTop - endPx) > 1) element.scrollTop = endPx;
}

const bottomOf = (handle: VirtualizerHandle, index: number): number =>
  handle.getItemOffset(index) + handle.getItemSize(index);

const lineOf = (list: HTMLElement) => list.querySelector("[role=separator]");

/** How far the line stands below the top of its row; 0 while the row is not drawn. */
function lineInRow(list: HTMLElement, handle: VirtualizerHandle, index: number): number {
  const line = lineOf(list);
  if (!line) return 0;
  const top = line.getBoundingClientRect().top - list.getBoundingClientRect().top + list.scrollTop;
  const inRow = top - handle.getItemOffset(index);
  return inRow > 0 && inRow < handle.getItemSize(index) ? inRow : 0;
}

/** Whether the rows at the place where the list opens are drawn and in sight. */
function isInPlace(list: HTMLElement, hold: Hold, lastKey: string | undefined): boolean {
  const { top, bottom } = list.getBoundingClientRect();
  if (hold === "line") {
    const line = lineOf(list)?.getBoundingClientRect();
    return line !== undefined && line.top >= top && line.bottom <= bottom;
  }
  if (hold === "free" || lastKey === undefined) return true;
  const last = list.querySelector(`[data-entry="${CSS.escape(lastKey)}"]`);
  return last !== null && isAtEnd(measured(list));
}
