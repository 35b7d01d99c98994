"use client";

import { useId, useMemo, useRef } from "react";
import { Virtualizer } from "virtua";
import type { TimelineView } from "../../core/client/views";
import { useNow } from "../browser/use-now";
import { classes } from "../ui/classes";
import { Spinner } from "../ui/spinner";
import { Beginning } from "./beginning";
import { EntryRow } from "./entry-row";
import { NewMessages } from "./new-messages";
import { timelineRows, type TimelineRow } from "./timeline-rows";
import { TypingRow } from "./typing-row";
import { useMessageFocus } from "./use-message-focus";
import { useMessageScroll } from "./use-message-scroll";
import { useUnreadLine } from "./use-unread-line";
import styles from "./message-list.module.css";

const NOTHING: readonly number[] = [];

type MessageListProps = {
  readonly timeline: TimelineView;
  /** Escape, from a message. */
  readonly onLeave: () => void;
};

export function MessageList({ timeline, onLeave }: MessageListProps) {
  const { entries, peer, hasOlder, loadingOlder, peerTyping } = timeline;
  const lineAt = useUnreadLine(timeline);
  const rows = useMemo(() => timelineRows(entries, lineAt), [entries, lineAt]);
  const viewport = useRef<HTMLDivElement>(null);
  const scroll = useMessageScroll(timeline, rows);
  const now = useNow(60_000);
  const focus = useMessageFocus(rows, onLeave);
  const hintId = useId();

  return (
    <div className={styles.area}>
      <div
        ref={viewport}
        className={classes(styles.viewport, !scroll.drawn && styles.arriving)}
        role="log"
        aria-label={`Messages with ${peer.name}`}
        // The announcer speaks instead.
        aria-live="off"
        aria-describedby={hintId}
        tabIndex={0}
        onFocus={focus.onFocus}
        onKeyDown={focus.onKeyDown}
      >
        <div className={styles.space} />
        <Virtualizer<TimelineRow | "end">
          ref={scroll.list}
          scrollRef={viewport}
          data={[...rows, "end"]}
          shift={scroll.shift}
          keepMounted={focus.activeIndex < 0 ? NOTHING : [focus.activeIndex]}
          onScroll={scroll.moved}
          onResize={scroll.resized}
        >
          {(row, index) =>
            row === "end" ? (
              <div key="end" className={styles.end}>
                {rows.length === 0 && !hasOlder && <Beginning peer={peer} empty />}
                {peerTyping && <TypingRow name={peer.name} />}
              </div>
            ) : (
              <div key={row.key} className={styles.row}>
                {index === 0 && !hasOlder && <Beginning peer={peer} empty={false} />}
                <EntryRow row={row} timeline={timeline} now={now} active={row.key === focus.activeKey} />
              </div>
            )
          }
        </Virtualizer>
        {/* Inside of what scrolls, so that a wheel turned over it scrolls on. */}
        <div className={styles.foot}>
          {!scroll.atEnd && <NewMessages count={timeline.unread} onPress={scroll.toEnd} />}
        </div>
      </div>
      <span id={hintId} hidden>
        The arrow keys go from message to message, Enter opens the menu of one.
      </span>
      {loadingOlder && (
        <div className={styles.older}>
          <Spinner label="Loading older messages" />
        </div>
      )}
    </div>
  );
}
