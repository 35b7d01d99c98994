"use client";

import { useEffect, useRef, type RefObject } from "react";

/**
 * When the screen changes, the focus goes to the new one: to its field if there is a keyboard, else to its
 * heading, which a screen reader then says. Not on the first screen: the page itself is read out then.
 */
export function useArrival(screen: string): RefObject<HTMLElement | null> {
  const area = useRef<HTMLElement>(null);
  const last = useRef(screen);
  useEffect(() => {
    if (last.current === screen) return;
    last.current = screen;
    const targets = hasKeyboard() ? ["[data-arrive-typing]", "[data-arrive]"] : ["[data-arrive]"];
    for (const target of targets) {
      const element = area.current?.querySelector<HTMLElement>(target);
      if (element?.checkVisibility()) return element.focus({ preventScroll: true });
    }
  }, [screen]);
  return area;
}

/** A phone's keyboard is on the screen and would cover it. */
export const hasKeyboard = (): boolean => !window.matchMedia("(hover: none) and (pointer: coarse)").matches;
