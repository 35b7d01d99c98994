"use client";

// One message at a time is reached with Tab; the arrows go from one to the next.

import { useState, type FocusEvent, type KeyboardEvent } from "react";
import { flushSync } from "react-dom";
import type { TimelineRow } from "./timeline-rows";

type MessageFocus = {
  readonly activeKey: string | undefined;
  /** Its row is kept while it has the focus, wherever the list is scrolled to. */
  readonly activeIndex: number;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
};

const keyOf = (element: EventTarget) =>
  element instanceof Element ? element.closest<HTMLElement>("[data-entry]")?.dataset["entry"] : undefined;

export function useMessageFocus(rows: readonly TimelineRow[], leave: () => void): MessageFocus {
  const [activeKey, setActiveKey] = useState<string>();
  const indexOf = (key: string | undefined) => rows.findIndex((row) => row.key === key);

  function move(list: HTMLElement, to: number): void {
    const key = rows[Math.max(0, Math.min(to, rows.length - 1))]?.key;
    if (key === undefined) return;
    // The row is there, in sight or not, once it is the active one.
    flushSync(() => setActiveKey(key));
    focusRow(list, key);
  }

  return {
    activeKey,
    activeIndex: indexOf(activeKey),
    onFocus: ({ target }) => {
      const key = keyOf(target);
      if (key !== undefined) setActiveKey(key);
    },
    onKeyDown: (event) => {
      const { target, currentTarget: list, key } = event;
      const isAtMessage = target instanceof HTMLElement && target.dataset["entry"] !== undefined;
      if (!isAtMessage && target !== list) return;
      const at = isAtMessage ? indexOf(target.dataset["entry"]) : indexOf(lastInSight(list)) + 1;
      const to = destination(key, at, rows.length);
      if (to === undefined && key !== "Escape") return;
      if (to === undefined && !isAtMessage) return;
      event.preventDefault();
      if (to === undefined) leave();
      else move(list, to);
    },
  };
}

/** Enough for the list to measure a row on a slow phone. */
const FRAMES_TO_MEASURE = 20;

/** A row that was just added stays hidden until the list has measured it, and a hidden element takes no focus. */
function focusRow(list: HTMLElement, key: string, framesLeft = FRAMES_TO_MEASURE): void {
  const row = list.querySelector<HTMLElement>(`[data-entry="${CSS.escape(key)}"]`);
  row?.focus();
  const hasFocus = document.activeElement === row;
  // A person who has left the list meanwhile is not pulled back.
  if (hasFocus || framesLeft === 0 || !list.contains(document.activeElement)) return;
  requestAnimationFrame(() => focusRow(list, key, framesLeft - 1));
}

function lastInSight(list: HTMLElement): string | undefined {
  const end = list.getBoundingClientRect().bottom;
  const all = [...list.querySelectorAll<HTMLElement>("[data-entry]")];
  return all.filter((one) => one.getBoundingClientRect().top < end).at(-1)?.dataset["entry"];
}

/** Where the list itself has the focus one stands behind the last in sight: up is that one. */
function destination(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case "ArrowUp":
      return at - 1;
    case "ArrowDown":
      return at + 1;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
