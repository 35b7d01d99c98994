"use client";

// Where the list of messages stands: opens at the line above the first unread, else at the newest; stays at the
// newest while it is there; stands still when older ones are put in front; tells what has truly been on the screen.

import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { VirtualizerHandle } from "virtua";
import type { TimelineView } from "../../core/client/views";
import { useVisible } from "../browser/use-visible";
import { useChat } from "./chat-context";
import type { TimelineRow } from "./timeline-rows";

/** Closer to the end than this is at the end: half a line, and fractions of pixels. */
const AT_END_PX = 32;
/** Older entries are fetched before their place comes into sight. */
const OLDER_AHEAD_PX = 800;
/** Long enough for the rows to be measured on a slow phone. */
const ARRIVED_MS = 700;
/** Above the line there is a little of what was read before. */
const ABOVE_LINE_PX = 96;

type MessageScroll = {
  readonly list: RefObject<VirtualizerHandle | null>;
  /** The rows were put in front: keep the distance from the end. */
  readonly shift: boolean;
  readonly atEnd: boolean;
  /** It stands where it opens. Until then it is not shown: nobody wants to see it find its place. */
  readonly drawn: boolean;
  readonly moved: () => void;
  readonly resized: () => void;
  readonly toEnd: () => void;
};

export function useMessageScroll(timeline: TimelineView, rows: readonly TimelineRow[]): MessageScroll {
  const { client } = useChat();
  const { conversation, hasOlder, loadingOlder } = timeline;
  const visible = useVisible();
  const list = useRef<VirtualizerHandle>(null);
  const followsEnd = useRef(true);
  // Until it stands where it opens, what passes by has not been looked at and nothing older is needed.
  const arrived = useRef(false);
  const [drawn, setDrawn] = useState(false);
  const [atEnd, setAtEnd] = useState(true);
  const shift = useShift(rows);
  const lineIndex = rows.findIndex((row) => row.unreadLine);

  const tellShown = useCallback(() => {
    const handle = list.current;
    if (!handle || !visible) return;
    const row = rows[lastWhollyShown(handle, rows.length)];
    if (row?.entry.seq !== undefined) client.shown(conversation, row.entry.seq);
  }, [client, conversation, rows, visible]);

  const toEnd = useCallback(() => {
    followsEnd.current = true;
    list.current?.scrollToIndex(rows.length, { align: "end" });
  }, [rows.length]);

  const moved = useCallback(() => {
    const handle = list.current;
    const isEmptyYet = rows.length === 0 && hasOlder;
    if (!handle || isEmptyYet) return;
    arrived.current ||= stands(handle, followsEnd.current ? undefined : lineIndex);
    if (!arrived.current) return;
    setDrawn(true);
    const distance = handle.scrollSize - handle.viewportSize - handle.scrollOffset;
    followsEnd.current = distance <= AT_END_PX;
    setAtEnd(followsEnd.current);
    if (hasOlder && !loadingOlder && handle.scrollOffset < OLDER_AHEAD_PX)
      void client.loadOlder(conversation);
    tellShown();
  }, [client, conversation, hasOlder, lineIndex, loadingOlder, rows.length, tellShown]);

  const toLine = useCallback(() => {
    followsEnd.current = false;
    list.current?.scrollToIndex(lineIndex, { align: "start", offset: -ABOVE_LINE_PX });
  }, [lineIndex]);

  // Rows were measured, the window or the composer changed its size: what held before holds again.
  const resized = useCallback(() => {
    if (followsEnd.current) toEnd();
    else if (!arrived.current && lineIndex >= 0) toLine();
    moved();
  }, [lineIndex, moved, toEnd, toLine]);

  const lineKey = rows[lineIndex]?.key;
  useLayoutEffect(() => {
    // A line that appears while the person reads further up must not pull them away.
    if (lineKey === undefined || !followsEnd.current) return;
    toLine();
    // Only when the line itself moves: its index changes with every page of older entries.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [lineKey]);

  const last = rows[rows.length - 1];
  const lastKey = last?.key;
  const lastIsMine = last?.entry.mine ?? false;
  useLayoutEffect(() => {
    if (followsEnd.current || (lastIsMine && last?.entry.seq === undefined)) toEnd();
    // Only when there is a new last entry.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [lastKey, timeline.peerTyping]);

  // What was drawn without a scroll, or became visible with the page, has been on the screen too.
  useLayoutEffect(() => {
    const frame = requestAnimationFrame(resized);
    return () => cancelAnimationFrame(frame);
  }, [resized]);

  const movedNow = useRef(moved);
  useLayoutEffect(() => void (movedNow.current = moved), [moved]);

  // A person who scrolls at once has arrived, too.
  useEffect(() => {
    const timer = setTimeout(() => {
      arrived.current = true;
      movedNow.current();
    }, ARRIVED_MS);
    return () => clearTimeout(timer);
  }, []);

  return { list, shift, atEnd, drawn, moved, resized, toEnd };
}

/** Whether the list is where it opens: at the row of the line, or, without one, at the end. */
function stands(handle: VirtualizerHandle, lineIndex: number | undefined): boolean {
  const end = handle.scrollOffset + handle.viewportSize;
  if (handle.viewportSize === 0) return false;
  if (handle.scrollSize - end <= AT_END_PX) return true;
  if (lineIndex === undefined) return false;
  const line = handle.getItemOffset(lineIndex);
  return line >= handle.scrollOffset && line < end;
}

/** Whether these rows differ from the ones before by rows in front. */
function useShift(rows: readonly TimelineRow[]): boolean {
  const [before, setBefore] = useState({ rows, shift: false });
  if (before.rows === rows) return before.shift;
  const first = before.rows[0]?.key;
  const shift = first !== undefined && first !== rows[0]?.key && rows.some(({ key }) => key === first);
  setBefore({ rows, shift });
  return shift;
}

/** The last row whose end is inside of the window; all before it have been passed. */
function lastWhollyShown(handle: VirtualizerHandle, count: number): number {
  const end = handle.scrollOffset + handle.viewportSize;
  const index = Math.min(handle.findItemIndex(end), count - 1);
  const isWhole =
    index >= 0 && handle.getItemOffset(index) + handle.getItemSize(index) <= end + AT_END_PX / 2;
  return isWhole ? index : index - 1;
}
