"use client";

import type { MessageView } from "../../core/client/views";
import { useDesk } from "./desk";
import { fullTimeOf } from "./times";
import styles from "./edited-mark.module.css";

type EditedMarkProps = {
  readonly message: MessageView;
  readonly edited: NonNullable<MessageView["edited"]>;
  readonly reachable: boolean;
};

/** Pressed, it shows what the message said before. */
export function EditedMark({ message, edited, reachable }: EditedMarkProps) {
  const desk = useDesk();
  return (
    <button
      type="button"
      className={styles.edited}
      tabIndex={reachable ? 0 : -1}
      title={`Edited ${fullTimeOf(edited.at)}`}
      aria-haspopup="dialog"
      onClick={() => desk.show({ is: "history", message })}
    >
      edited
    </button>
  );
}
