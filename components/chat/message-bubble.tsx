"use client";

import type { MessageView, TimelineView } from "../../core/client/views";
import { classes } from "../ui/classes";
import { Hidden } from "../ui/hidden";
import { EditedMark } from "./edited-mark";
import { FailedChange, FailedMessage } from "./failed-message";
import { FoldedText } from "./folded-text";
import { MessageToolbar } from "./message-toolbar";
import { isOnlyEmoji } from "./only-emoji";
import { Reactions } from "./reactions";
import { Ticks } from "./ticks";
import { entryKeyOf } from "./timeline-rows";
import { fullTimeOf, timeOf } from "./times";
import styles from "./message-bubble.module.css";

type MessageBubbleProps = {
  /** What is read out of it has this id. */
  readonly id: string;
  readonly message: MessageView;
  readonly timeline: TimelineView;
  /** The last of several by one person at about one time: it says when. */
  readonly endsGroup: boolean;
  readonly active: boolean;
};

export function MessageBubble({ id, message, timeline, endsGroup, active }: MessageBubbleProps) {
  const { mine, text, at, progress, edited, reactions, change } = message;
  const { conversation, peer, closed } = timeline;
  return (
    <>
      <div className={styles.line}>
        <div id={id} className={styles.bubble} data-beside="" data-emoji={isOnlyEmoji(text) || undefined}>
          <Hidden>{mine ? "You" : peer.name}: </Hidden>
          <FoldedText entryKey={entryKeyOf(message)} text={text} reachable={active} />
          <span className={classes(styles.meta, !endsGroup && !progress && !edited && styles.quiet)}>
            {edited && <EditedMark message={message} edited={edited} reachable={active} />}
            <time
              dateTime={new Date(at).toISOString()}
              title={fullTimeOf(at)}
              className={endsGroup ? undefined : styles.quiet}
            >
              {timeOf(at)}
            </time>
            {progress && <Ticks progress={change?.progress.is === "waiting" ? "waiting" : progress.is} />}
          </span>
        </div>
        <MessageToolbar message={message} reachable={active} />
      </div>
      {reactions && (
        <Reactions
          message={message}
          reactions={reactions}
          peerName={peer.name}
          closed={closed}
          reachable={active}
        />
      )}
      {progress?.is === "failed" && (
        <FailedMessage conversation={conversation} id={message.id} code={progress.code} />
      )}
      {change?.progress.is === "failed" && (
        <FailedChange conversation={conversation} change={change} code={change.progress.code} />
      )}
    </>
  );
}
