import styles from "./scene.module.css";

/** Two people at it. A picture: it says nothing that the words beside it do not. */
export function Scene() {
  return (
    <div className={styles.scene} aria-hidden="true">
      <p className={styles.theirs}>Did the train leave on time?</p>
      <p className={styles.mine}>It did. I’m in the tunnel now, no signal</p>
      <p className={`${styles.mine} ${styles.waiting}`}>
        Writing anyway
        <span className={styles.clock} />
      </p>
      <p className={styles.line}>back online</p>
      <p className={styles.theirs}>There you are. All three came through.</p>
      <p className={styles.typing}>
        <span />
        <span />
        <span />
      </p>
    </div>
  );
}
