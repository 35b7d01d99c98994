"use client";

// What stands where the screens will be, in their exact places, while this device's store is opened.

import { usePath } from "../browser/navigate";
import { Hidden } from "../ui/hidden";
import { Logo } from "../ui/logo";
import { screenOf } from "./screens";
import styles from "./chat-skeleton.module.css";

export function ChatSkeleton() {
  const screen = screenOf(usePath());
  return (
    <div className={styles.app} data-screen={screen.is} aria-busy="true">
      <div className={styles.pane}>
        <div className={styles.header}>
          <Logo size={30} />
          <span className={styles.title}>Parley</span>
        </div>
        <ListSkeleton />
      </div>
      <div className={styles.main}>
        <div className={styles.bar} />
      </div>
      <Hidden>Opening your conversations…</Hidden>
    </div>
  );
}

export function ListSkeleton() {
  return (
    <div className={styles.list} aria-hidden="true">
      {[62, 45, 70, 38].map((percent) => (
        <div key={percent} className={styles.row}>
          <span className={styles.face} />
          <span className={styles.line} style={{ inlineSize: `${percent * 0.6}%` }} />
          <span className={styles.line} style={{ inlineSize: `${percent}%` }} />
        </div>
      ))}
    </div>
  );
}
