"use client";

import { Icon } from "../ui/icon";
import styles from "./new-messages.module.css";

type NewMessagesProps = {
  readonly count: number;
  /** The direction of the messages. */
  readonly way: "up" | "down";
  readonly onPress: () => void;
};

/** Says how many messages wait out of sight, and scrolls to these messages. */
export function NewMessages({ count, way, onPress }: NewMessagesProps) {
  const words = count === 0 ? "Jump to the newest" : wordsFor(count, way);
  return (
    <button
      type="button"
      className={styles.pill}
      onClick={onPress}
      aria-label={words}
      data-unread={count > 0 || undefined}
    >
      <Icon name={way} size={18} />
      {count > 0 && <span aria-hidden="true">{words}</span>}
    </button>
  );
}

function wordsFor(count: number, way: NewMessagesProps["way"]): string {
  const messages = count === 1 ? "message" : "messages";
  return way === "up" ? `${count} unread ${messages} above` : `${count} new ${messages}`;
}
