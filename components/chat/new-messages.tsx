"use client";

import { Icon } from "../ui/icon";
import styles from "./new-messages.module.css";

type NewMessagesProps = { readonly count: number; readonly onPress: () => void };

/** While scrolled up: how many wait below, and the way there. */
export function NewMessages({ count, onPress }: NewMessagesProps) {
  const words = count === 0 ? "Jump to the newest" : `${count} new ${count === 1 ? "message" : "messages"}`;
  return (
    <button
      type="button"
      className={styles.pill}
      onClick={onPress}
      aria-label={words}
      data-unread={count > 0 || undefined}
    >
      <Icon name="down" size={18} />
      {count > 0 && <span aria-hidden="true">{words}</span>}
    </button>
  );
}
