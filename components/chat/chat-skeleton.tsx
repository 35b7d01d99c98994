// What stands where the screens will be, in their exact places, while this device's store is opened.

import { Hidden } from "../ui/hidden";
import { Logo } from "../ui/logo";
import styles from "./chat-skeleton.module.css";

export function ChatSkeleton() {
  return (
    <div className={styles.app} aria-busy="true">
      <div className={styles.pane}>
        <div className={styles.header}>
          <Logo size={30} />
          <span className={styles.title}>Parley</span>
        </div>
        <ListSkeleton />
      </div>
      <div className={styles.main} />
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
