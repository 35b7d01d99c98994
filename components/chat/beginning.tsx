import type { Person } from "../../core/domain/person";
import { Avatar } from "../ui/avatar";
import styles from "./beginning.module.css";

type BeginningProps = {
  readonly peer: Person;
  /** Nobody has written yet. */
  readonly empty: boolean;
};

export function Beginning({ peer, empty }: BeginningProps) {
  return (
    <div className={styles.beginning}>
      <Avatar name={peer.name} seed={peer.user} size="large" />
      <p className={styles.name}>
        <bdi>{peer.name}</bdi>
      </p>
      <p className={styles.handle} dir="ltr">
        @{peer.handle}
      </p>
      <p className={styles.words}>This is where your conversation begins.{empty && <> Say hello.</>}</p>
    </div>
  );
}
