"use client";

// The server speaks a newer protocol than this page. A backend is deployed minutes before its app, so the page looks for
// the newer app once a minute and changes to it without being asked. The conversations on this device stay readable.

import { useEffect, useState } from "react";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { useChat } from "./chat-context";
import { useVersion } from "./use-live";
import { useWouldLose } from "./use-unsent-warning";
import styles from "./connection-notice.module.css";

const ASK_AGAIN_MS = 60_000;

export function Outdated() {
  const { client, version } = useChat();
  const wouldLose = useWouldLose();
  const isNewer = useVersion().is === "newer";
  const [isBusy, setIsBusy] = useState(false);

  useEffect(() => {
    if (!wouldLose) void version.takeNewer();
    // Again as soon as the browser has found a newer version by itself.
  }, [version, wouldLose, isNewer]);

  useEffect(() => {
    if (wouldLose) return;
    // Reconnecting asks the server, too, which may run the older version again. A refusal shows this notice anew.
    const timer = setInterval(() => {
      void version.takeNewer().then((outcome) => outcome === "none" && client.reconnectNow());
    }, ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [client, version, wouldLose]);

  async function reload() {
    setIsBusy(true);
    await version.reload();
  }

  return (
    <p className={styles.notice}>
      <Icon name="alert" size={18} />
      <span>Parley has been updated, and this page is out of date. {wouldLose ? LOSING : WAITING}</span>
      <Button look="quiet" size="small" busy={isBusy} onClick={() => void reload()}>
        Reload
      </Button>
    </p>
  );
}

const WAITING =
  "The new version opens by itself as soon as it is there. You can read on, and what you write is kept.";
const LOSING = "What you wrote is not kept on this device: copy it before you reload.";
