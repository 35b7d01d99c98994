"use client";

import type { MessageView, TimelineView } from "../../core/client/views";
import { classes } from "../ui/classes";
import { Hidden } from "../ui/hidden";
import { FailedMessage } from "./failed-message";
import { isOnlyEmoji } from "./only-emoji";
import { MessageText } from "./message-text";
import { Ticks } from "./ticks";
import type { TimelineRow } from "./timeline-rows";
import { fullTimeOf, timeOf } from "./times";
import styles from "./message-bubble.module.css";

type MessageBubbleProps = {
  readonly row: TimelineRow;
  readonly message: MessageView;
  readonly timeline: TimelineView;
};

export function MessageBubble({ row, message, timeline }: MessageBubbleProps) {
  const { mine, text, at, progress } = message;
  const who = mine ? "You" : timeline.peer.name;
  return (
    <article
      className={styles.message}
      data-mine={mine || undefined}
      data-starts={row.startsGroup || undefined}
      data-ends={row.endsGroup || undefined}
    >
      <div className={styles.bubble} data-emoji={isOnlyEmoji(text) || undefined}>
        <Hidden>{who}: </Hidden>
        <MessageText text={text} />
        <span className={classes(styles.meta, !row.endsGroup && !progress && styles.quiet)}>
          <time
            dateTime={new Date(at).toISOString()}
            title={fullTimeOf(at)}
            className={row.endsGroup ? undefined : styles.quiet}
          >
            {timeOf(at)}
          </time>
          {progress && <Ticks progress={progress.is} />}
        </span>
      </div>
      {progress?.is === "failed" && (
        <FailedMessage conversation={timeline.conversation} id={message.id} code={progress.code} />
      )}
    </article>
  );
}
