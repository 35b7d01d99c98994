"use client";

import { notKeptSentence } from "./storage-sentences";
import { useStorage } from "./use-live";
import styles from "./settings-screen.module.css";

export function StorageState() {
  const storage = useStorage();
  return (
    <p className={styles.quiet}>
      {storage.is === "kept"
        ? "Your conversations are kept on this device, so they open at once and can be read offline."
        : notKeptSentence(storage.why)}
    </p>
  );
}
