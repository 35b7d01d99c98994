"use client";

import { arriveAt } from "../browser/arrival";
import { ScreenLink } from "../browser/screen-link";
import { classes } from "../ui/classes";
import { Icon } from "../ui/icon";
import { ProfileForm } from "./profile-form";
import { LIST_PATH } from "./screens";
import { ShareLink } from "./share-link";
import { SignOut } from "./sign-out";
import { StorageState } from "./storage-state";
import { useMe } from "./use-live";
import styles from "./settings-screen.module.css";

export function SettingsScreen() {
  const me = useMe();
  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <ScreenLink href={LIST_PATH} className={styles.back} aria-label="All conversations">
          <Icon name="back" size={24} />
        </ScreenLink>
        <h1 className={styles.title} tabIndex={-1} ref={arriveAt}>
          Settings
        </h1>
      </header>
      <div className={styles.scroller}>
        <div className={classes(styles.column, me.is === "unknown" && styles.late)}>
          <section className={styles.card} aria-labelledby="profile">
            <h2 id="profile">You</h2>
            {me.is === "known" ? (
              <ProfileForm me={me.me} />
            ) : (
              <p className={styles.quiet}>Your profile appears here as soon as there is a connection.</p>
            )}
          </section>
          {me.is === "known" && (
            <section className={styles.card} aria-labelledby="link">
              <h2 id="link">Your link</h2>
              <p className={styles.quiet}>Whoever opens it can write to you.</p>
              <ShareLink handle={me.me.handle} />
            </section>
          )}
          <section className={styles.card} aria-labelledby="device">
            <h2 id="device">This device</h2>
            <StorageState />
            <SignOut />
          </section>
        </div>
      </div>
    </div>
  );
}
