"use client";

import { useStorage } from "./use-live";
import styles from "./settings-screen.module.css";

export function StorageState() {
  const storage = useStorage();
  return (
    <p className={styles.quiet}>
      {storage.is === "kept"
        ? "Your conversations are kept on this device, so they open at once and can be read offline."
        : "This browser does not let Parley keep anything. Conversations are loaded anew each time, and what waits to be sent is lost when you close the tab. A private window or a full disk may be the reason."}
    </p>
  );
}
