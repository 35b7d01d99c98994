import type { Person } from "../../core/domain/person";
import { Avatar } from "../ui/avatar";
import styles from "./beginning.module.css";

export function Beginning({ peer }: { readonly peer: Person }) {
  return (
    <div className={styles.beginning}>
      <Avatar name={peer.name} seed={peer.user} size="large" />
      <p className={styles.name}>
        <bdi>{peer.name}</bdi>
      </p>
      <p className={styles.handle} dir="ltr">
        @{peer.handle}
      </p>
      <p className={styles.words}>This is where your conversation begins. Say hello.</p>
    </div>
  );
}
