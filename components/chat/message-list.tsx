"use client";

import { useId, useMemo, useRef, type RefObject } from "react";
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
import { useMessageScroll, type MessageScroll } from "./use-message-scroll";
import { useSeenMessages } from "./use-seen-messages";
import { useSteadyRows } from "./use-steady-rows";
import { UnfoldedContext, useUnfolded } from "./unfolded";
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
  const line = useUnreadLine(timeline);
  const { rows, shift } = useSteadyRows(useMemo(() => timelineRows(entries, line.at), [entries, line.at]));
  const viewport = useRef<HTMLDivElement>(null);
  const scroll = useMessageScroll({ ...line, viewport, timeline, rows });
  const looked = useSeenMessages(viewport, timeline, rows, scroll.drawn);
  const unfolded = useUnfolded(viewport, scroll.letGo);
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
        <UnfoldedContext value={unfolded}>
          <Virtualizer<TimelineRow | "end">
            ref={scroll.list}
            scrollRef={viewport}
            data={[...rows, "end"]}
            shift={shift}
            keepMounted={focus.activeIndex < 0 ? NOTHING : [focus.activeIndex]}
            onScroll={() => {
              scroll.scrolled();
              looked();
            }}
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
        </UnfoldedContext>
      </div>
      {scroll.drawn && <Foot viewport={viewport} scroll={scroll} unread={timeline.unread} />}
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

type FootProps = {
  readonly viewport: RefObject<HTMLElement | null>;
  readonly scroll: MessageScroll;
  readonly unread: number;
};

/** The button to the messages that are out of sight. The button stands below the list and covers no message. */
function Foot({ viewport, scroll, unread }: FootProps) {
  const { atEnd, unreadAbove, toEnd, toFirstUnread } = scroll;
  if (atEnd && !(unreadAbove && unread > 0)) return null;
  return (
    <div
      className={styles.foot}
      // A wheel turned over the button scrolls the list.
      onWheel={({ deltaY }) => viewport.current?.scrollBy({ top: deltaY })}
    >
      {atEnd ? (
        <NewMessages count={unread} way="up" onPress={toFirstUnread} />
      ) : (
        <NewMessages count={unread} way="down" onPress={toEnd} />
      )}
    </div>
  );
}
