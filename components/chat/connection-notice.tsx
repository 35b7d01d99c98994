"use client";

import type { ConnectionView, StopReason } from "../../core/client/views";
import { signInPath } from "../auth/next-path";
import { useNow } from "../browser/use-now";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Spinner } from "../ui/spinner";
import { useChat } from "./chat-context";
import { goesOutLater } from "./storage-sentences";
import { Outdated } from "./outdated";
import { useConnection, useStorage } from "./use-live";
import styles from "./connection-notice.module.css";

/** The state of the line in honest words. Nothing when all is well. */
export function ConnectionNotice() {
  const connection = useConnection();
  const later = goesOutLater(useStorage());
  return (
    <div role="status" data-connection={connection.is}>
      <Notice key={connection.is} connection={connection} later={later} />
    </div>
  );
}

function Notice({ connection, later }: { readonly connection: ConnectionView; readonly later: string }) {
  switch (connection.is) {
    case "live":
      return null;
    case "connecting":
      return <Passing words="Connecting…" />;
    case "catching-up":
      return <Passing words="Catching up…" />;
    case "offline":
      return (
        <p className={styles.notice}>
          <Icon name="offline" size={18} />
          You are offline. {later}
        </p>
      );
    case "reconnecting":
      return <Reconnecting retryAt={connection.retryAt} later={later} />;
    case "stopped":
      return <Stopped why={connection.why} />;
    default:
      return connection satisfies never;
  }
}

/** Shown only when it takes a while: most of the time it is over before anyone could read it. */
function Passing({ words }: { readonly words: string }) {
  return (
    <p className={`${styles.notice} ${styles.late}`}>
      <Spinner />
      {words}
    </p>
  );
}

function Reconnecting({ retryAt, later }: { readonly retryAt: number; readonly later: string }) {
  const { client } = useChat();
  const seconds = Math.max(0, Math.ceil((retryAt - useNow(250)) / 1000));
  return (
    <p className={styles.notice}>
      <Icon name="offline" size={18} />
      <span>
        No connection. {later} {/* A screen reader is told once, not every second. */}
        <span aria-hidden="true" className={styles.count}>
          {seconds > 0 ? `Reconnecting in ${seconds} s.` : "Reconnecting…"}
        </span>
      </span>
      <Button look="quiet" size="small" onClick={() => client.reconnectNow()}>
        Try now
      </Button>
    </p>
  );
}

/** Who signs out takes everything along; a session that ends by itself leaves what was written. */
const STOPPED: Readonly<Record<Exclude<StopReason, "version">, string>> = {
  "signed-out": "You have signed out. Sign in again to go on.",
  "session-ended": "You have been signed out. Sign in again to go on; what you wrote is kept.",
  replaced: "You have been signed out. Sign in again to go on; what you wrote is kept.",
  maintenance: "You have been signed out. Sign in again to go on; what you wrote is kept.",
};

function Stopped({ why }: { readonly why: StopReason }) {
  if (why === "version") return <Outdated />;
  return (
    <p className={styles.notice}>
      <Icon name="alert" size={18} />
      {STOPPED[why]}
      <Button
        look="quiet"
        size="small"
        onClick={() => window.location.assign(signInPath(window.location.pathname))}
      >
        Sign in
      </Button>
    </p>
  );
}
