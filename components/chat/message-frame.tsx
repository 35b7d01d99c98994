"use client";

import type { ReactNode } from "react";
import type { DeletedView, MessageView } from "../../core/client/views";
import { useLongPress } from "../ui/use-long-press";
import { useDesk } from "./desk";
import type { TimelineRow } from "./timeline-rows";
import styles from "./message-bubble.module.css";

type MessageFrameProps = {
  readonly row: TimelineRow;
  readonly message: MessageView | DeletedView;
  readonly active: boolean;
  /** The id of what is read out when the arrows come here. */
  readonly labelledBy: string;
  readonly children: ReactNode;
};

/** What the arrow keys go through. Enter, or a finger that stays, opens the menu of a message. */
export function MessageFrame({ row, message, active, labelledBy, children }: MessageFrameProps) {
  const desk = useDesk();
  const openMenu = (at: HTMLElement) => {
    if (message.kind === "message") desk.menu(message, at);
  };
  const longPress = useLongPress(openMenu);

  return (
    <article
      {...longPress}
      className={styles.message}
      tabIndex={active ? 0 : -1}
      aria-labelledby={labelledBy}
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
      {children}
    </article>
  );
}
