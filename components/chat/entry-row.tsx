"use client";

import { memo } from "react";
import type { TimelineView } from "../../core/client/views";
import { MessageBubble } from "./message-bubble";
import { dayName } from "./times";
import type { TimelineRow } from "./timeline-rows";
import styles from "./entry-row.module.css";

type EntryRowProps = {
  readonly row: TimelineRow;
  readonly timeline: TimelineView;
  readonly now: number;
};

/** One entry with what stands above it. */
export const EntryRow = memo(function EntryRow({ row, timeline, now }: EntryRowProps) {
  const { entry, day, unreadLine } = row;
  return (
    <>
      {day !== undefined && (
        <p className={styles.day}>
          <time dateTime={new Date(day).toISOString()}>{dayName(day, now)}</time>
        </p>
      )}
      {unreadLine && (
        <p className={styles.unread} role="separator" aria-label="New messages">
          <span>New messages</span>
        </p>
      )}
      {entry.kind === "message" ? (
        <MessageBubble row={row} message={entry} timeline={timeline} />
      ) : (
        <p className={styles.event}>
          <bdi>{entry.mine ? "You" : timeline.peer.name}</bdi>{" "}
          {entry.kind === "closed" ? "closed this conversation." : "opened this conversation again."}
        </p>
      )}
    </>
  );
}, isSameRow);

/** The timeline is a new object whenever anything in it changes; a row needs only these of it. */
function isSameRow(one: EntryRowProps, next: EntryRowProps): boolean {
  return (
    one.now === next.now &&
    one.row.entry === next.row.entry &&
    one.row.day === next.row.day &&
    one.row.unreadLine === next.row.unreadLine &&
    one.row.startsGroup === next.row.startsGroup &&
    one.row.endsGroup === next.row.endsGroup &&
    one.timeline.peer === next.timeline.peer &&
    one.timeline.conversation === next.timeline.conversation
  );
}
