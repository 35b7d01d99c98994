"use client";

import { useState } from "react";
import { IconButton } from "../ui/button";
import { Icon } from "../ui/icon";
import { notKeptSentence } from "./storage-sentences";
import { useStorage } from "./use-live";
import styles from "./connection-notice.module.css";

/** For a small screen, where the list and what stands below it are out of sight. Said once, until it changes. */
export function StorageNotice() {
  const storage = useStorage();
  const why = storage.is === "kept" ? undefined : storage.why;
  const [read, setRead] = useState<string>();
  return (
    <div role="status">
      {why && why !== read && (
        <p className={styles.notice}>
          <Icon name="alert" size={18} />
          <span>{notKeptSentence(why)}</span>
          <IconButton label="Close" onClick={() => setRead(why)}>
            <Icon name="close" size={18} />
          </IconButton>
        </p>
      )}
    </div>
  );
}
