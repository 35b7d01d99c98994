"use client";

// Which long messages are shown in full. The list keeps this state, because the list removes rows that are out of sight.

import { createContext, useCallback, useContext, useMemo, useState, type RefObject } from "react";
import { flushSync } from "react-dom";

type Unfolded = {
  readonly has: (key: string) => boolean;
  /** `article`: the message's element. The element keeps its place on the screen, and takes the focus. */
  readonly unfold: (key: string, article: HTMLElement) => void;
};

export const UnfoldedContext = createContext<Unfolded | undefined>(undefined);

export function useUnfolded(viewport: RefObject<HTMLElement | null>, letGo: () => void): Unfolded {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const unfold = useCallback(
    (key: string, article: HTMLElement) => {
      const { top } = article.getBoundingClientRect();
      // A list that held on to its end would push the beginning of the message out of sight.
      letGo();
      flushSync(() => setKeys((before) => new Set([...before, key])));
      article.focus({ preventScroll: true });
      const list = viewport.current;
      if (list) keepTop(list, article, top);
    },
    [letGo, viewport],
  );
  return useMemo(() => ({ has: (key) => keys.has(key), unfold }), [keys, unfold]);
}

/** The virtual list measures the row once it is drawn, and may scroll to make up for its height. */
function keepTop(list: HTMLElement, article: HTMLElement, top: number, frames = 3): void {
  const moved = article.getBoundingClientRect().top - top;
  if (Math.abs(moved) >= 1) list.scrollTop += moved;
  if (frames > 0) requestAnimationFrame(() => keepTop(list, article, top, frames - 1));
}

export function useIsUnfolded(key: string): readonly [boolean, (article: HTMLElement) => void] {
  const unfolded = useContext(UnfoldedContext);
  if (!unfolded) throw new Error("unable to show this text; it is outside of a list of messages");
  const { has, unfold } = unfolded;
  return [has(key), useCallback((article) => unfold(key, article), [key, unfold])];
}
