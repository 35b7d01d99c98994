"use client";

import { useLayoutEffect, useRef, useState, type RefObject } from "react";
import { MessageText } from "./message-text";
import { useIsUnfolded } from "./unfolded";
import styles from "./folded-text.module.css";

/** A text with more lines is folded to twenty lines (folded-text.module.css). */
const MOST_LINES = 24;
/** The narrowest line, of a phone with large letters. A text that is short by this measure is never measured. */
const LETTERS_A_LINE = 10;

type FoldedTextProps = {
  /** The key of the message's row. */
  readonly entryKey: string;
  readonly text: string;
  /** Tab stops at the button. */
  readonly reachable: boolean;
};

/** The text of a message. A long text shows the beginning, and a button for the rest. */
export function FoldedText({ entryKey, text, reachable }: FoldedTextProps) {
  return mayBeLong(text) ? (
    <LongText entryKey={entryKey} text={text} reachable={reachable} />
  ) : (
    <MessageText text={text} />
  );
}

function LongText({ entryKey, text, reachable }: FoldedTextProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [isUnfolded, unfold] = useIsUnfolded(entryKey);
  const isFolded = useIsLong(frame, text) && !isUnfolded;
  const unfoldAt = (element: HTMLElement) => {
    const article = element.closest<HTMLElement>("[data-entry]");
    if (article) unfold(article);
  };
  return (
    <div className={styles.long}>
      <div
        ref={frame}
        className={isFolded ? styles.folded : undefined}
        // Tab can reach a link in the hidden part: then the whole text is shown.
        onFocus={({ currentTarget, target }) => {
          const { bottom } = currentTarget.getBoundingClientRect();
          if (isFolded && target.getBoundingClientRect().bottom > bottom) unfoldAt(currentTarget);
        }}
      >
        <MessageText text={text} />
      </div>
      {isFolded && (
        <button
          type="button"
          className={styles.more}
          tabIndex={reachable ? 0 : -1}
          onClick={({ currentTarget }) => unfoldAt(currentTarget)}
        >
          Read more
        </button>
      )}
    </div>
  );
}

/** Measures the text before the first paint, and again when the width changes. */
function useIsLong(frame: RefObject<HTMLElement | null>, text: string): boolean {
  const [isLong, setIsLong] = useState(false);
  useLayoutEffect(() => {
    const paragraph = frame.current?.firstElementChild;
    if (!paragraph) return;
    const measure = () => {
      const linePx = parseFloat(getComputedStyle(paragraph).lineHeight);
      setIsLong(paragraph.getBoundingClientRect().height > (MOST_LINES + 0.5) * linePx);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(paragraph);
    return () => observer.disconnect();
  }, [frame, text]);
  return isLong;
}

function mayBeLong(text: string): boolean {
  const lines = text.split("\n");
  const atMost = lines.reduce((sum, line) => sum + 1 + Math.floor(line.length / LETTERS_A_LINE), 0);
  return atMost > MOST_LINES;
}
