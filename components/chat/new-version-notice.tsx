"use client";

import { useState } from "react";
import { Button, IconButton } from "../ui/button";
import { Icon } from "../ui/icon";
import { useChat } from "./chat-context";
import { useConnection, useVersion } from "./use-live";
import styles from "./connection-notice.module.css";

/** A newer version of the app waits on this device. It is offered once a page; the page works on without it. */
export function NewVersionNotice() {
  const { version } = useChat();
  const isNewer = useVersion().is === "newer";
  const connection = useConnection();
  const [isClosed, setIsClosed] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  // A page that the server refuses says so, and changes by itself.
  const isRefused = connection.is === "stopped" && connection.why === "version";

  async function reload() {
    setIsBusy(true);
    await version.reload();
  }

  return (
    <div role="status">
      {isNewer && !isClosed && !isRefused && (
        <p className={styles.notice}>
          <Icon name="retry" size={18} />
          <span>A new version of Parley is ready. What you wrote is kept.</span>
          <Button look="quiet" size="small" busy={isBusy} onClick={() => void reload()}>
            Reload
          </Button>
          <IconButton label="Close" onClick={() => setIsClosed(true)}>
            <Icon name="close" size={18} />
          </IconButton>
        </p>
      )}
    </div>
  );
}
