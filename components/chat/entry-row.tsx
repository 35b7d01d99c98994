"use client";

import { memo } from "react";
import type { TimelineView } from "../../core/client/views";
import { EventRow } from "./event-row";
import { MessageRow } from "./message-row";
import { dayName } from "./times";
import type { TimelineRow } from "./timeline-rows";
import styles from "./entry-row.module.css";

type EntryRowProps = {
  readonly row: TimelineRow;
  readonly timeline: TimelineView;
  readonly now: number;
  /** Tab comes here. */
  readonly active: boolean;
};

/** One entry with what stands above it. */
export const EntryRow = memo(function EntryRow({ row, timeline, now, active }: EntryRowProps) {
  const { day, unreadLine } = row;
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
      <Entry row={row} timeline={timeline} active={active} />
    </>
  );
}, isSameRow);

function Entry({ row, timeline, active }: Omit<EntryRowProps, "now">) {
  const { entry } = row;
  switch (entry.kind) {
    case "message":
    case "deleted":
      return <MessageRow row={row} message={entry} timeline={timeline} active={active} />;
    case "closed":
    case "opened":
      return <EventRow row={row} event={entry} peerName={timeline.peer.name} active={active} />;
    default:
      return entry satisfies never;
  }
}

/** The timeline is a new object whenever anything in it changes; a row needs only these of it. */
function isSameRow(one: EntryRowProps, next: EntryRowProps): boolean {
  return (
    one.now === next.now &&
    one.active === next.active &&
    one.row.entry === next.row.entry &&
    one.row.day === next.row.day &&
    one.row.unreadLine === next.row.unreadLine &&
    one.row.startsGroup === next.row.startsGroup &&
    one.row.endsGroup === next.row.endsGroup &&
    one.timeline.peer === next.timeline.peer &&
    one.timeline.closed === next.timeline.closed &&
    one.timeline.conversation === next.timeline.conversation
  );
}
