"use client";

import type { MessageView } from "../../core/client/views";
import { IconButton } from "../ui/button";
import { Icon } from "../ui/icon";
import { useDesk } from "./desk";
import styles from "./message-toolbar.module.css";

type MessageToolbarProps = {
  readonly message: MessageView;
  /** Tab stops only at the message that has the focus. */
  readonly reachable: boolean;
};

/** Beside the message: under a mouse, and at the one that was tapped or has the focus. */
export function MessageToolbar({ message, reachable }: MessageToolbarProps) {
  const desk = useDesk();
  return (
    <div className={styles.toolbar}>
      <IconButton
        label="What to do with this message"
        aria-haspopup="menu"
        tabIndex={reachable ? 0 : -1}
        className={styles.button}
        onClick={({ currentTarget }) => {
          const at = currentTarget.closest<HTMLElement>("[data-entry]");
          if (at) desk.menu(message, at);
        }}
      >
        <Icon name="more" />
      </IconButton>
    </div>
  );
}
