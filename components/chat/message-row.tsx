"use client";

import { useId } from "react";
import type { DeletedView, MessageView, TimelineView } from "../../core/client/views";
import { useLongPress } from "../ui/use-long-press";
import { DeletedMessage } from "./deleted-message";
import { useDesk } from "./desk";
import { MessageBubble } from "./message-bubble";
import type { TimelineRow } from "./timeline-rows";
import styles from "./message-bubble.module.css";

type MessageRowProps = {
  readonly row: TimelineRow;
  readonly message: MessageView | DeletedView;
  readonly active: boolean;
  readonly timeline: TimelineView;
};

/** What the arrow keys go through; it stays, and keeps the focus, when the message is deleted or comes back. Enter, or a finger that stays, opens the menu of a message. */
export function MessageRow({ row, message, timeline, active }: MessageRowProps) {
  const desk = useDesk();
  const id = useId();
  const openMenu = (at: HTMLElement) => {
    if (message.kind === "message") desk.menu(message, at);
  };
  const longPress = useLongPress(openMenu);

  return (
    <article
      {...longPress}
      className={styles.message}
      tabIndex={active ? 0 : -1}
      aria-labelledby={id}
      data-entry={row.key}
      data-mine={message.mine || undefined}
      data-starts={row.startsGroup || undefined}
      data-ends={row.endsGroup || undefined}
      onKeyDown={(event) => {
        const asks =
          ["Enter", " ", "ContextMenu"].includes(event.key) || (event.shiftKey && event.key === "F10");
        if (!asks || event.target !== event.currentTarget) return;
        event.preventDefault();
        openMenu(event.currentTarget);
      }}
    >
      {message.kind === "message" ? (
        <MessageBubble
          id={id}
          message={message}
          timeline={timeline}
          endsGroup={row.endsGroup}
          active={active}
        />
      ) : (
        <DeletedMessage id={id} deleted={message} peerName={timeline.peer.name} />
      )}
    </article>
  );
}
