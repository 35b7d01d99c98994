"use client";

import { useEffect, useRef, type PointerEvent, type SyntheticEvent } from "react";

/** As long as the systems of phones wait. */
const LONG_MS = 450;
/** A finger is never quite still. */
const STILL_PX = 10;

type LongPress = {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
  readonly onContextMenu: (event: SyntheticEvent) => void;
  readonly onClickCapture: (event: SyntheticEvent) => void;
};

/** With a finger; a mouse has a toolbar and a right button of its own. */
export function useLongPress(held: (on: HTMLElement) => void): LongPress {
  const press = useRef<{ readonly x: number; readonly y: number; readonly timer: number }>(undefined);
  /** The browser's own menu, or a link under the finger, must not follow. */
  const wasHeld = useRef(false);

  const end = () => {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  };
  useEffect(() => end, []);

  const swallow = (event: SyntheticEvent) => {
    if (!wasHeld.current && !press.current) return;
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    onPointerDown: ({ pointerType, clientX: x, clientY: y, currentTarget: on }) => {
      end();
      wasHeld.current = false;
      if (pointerType !== "touch") return;
      const timer = window.setTimeout(() => {
        wasHeld.current = true;
        held(on);
      }, LONG_MS);
      press.current = { x, y, timer };
    },
    onPointerMove: ({ clientX, clientY }) => {
      const began = press.current;
      if (began && Math.hypot(clientX - began.x, clientY - began.y) > STILL_PX) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onContextMenu: swallow,
    onClickCapture: (event) => {
      if (wasHeld.current) swallow(event);
    },
  };
}
