import type { ReactNode, Ref } from "react";
import { Icon, type IconName } from "./icon";
import styles from "./plate.module.css";

type PlateProps = {
  readonly icon?: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  /** What to do about it. */
  readonly actions?: ReactNode;
  readonly level?: "h1" | "h2";
  readonly headingRef?: Ref<HTMLHeadingElement>;
};

/** What stands in the middle of a screen that has nothing else to show: what happened, what to do. */
export function Plate({ icon, title, children, actions, level = "h1", headingRef }: PlateProps) {
  const Heading = level;
  return (
    <div className={styles.plate}>
      {icon && (
        <span className={styles.icon}>
          <Icon name={icon} size={28} />
        </span>
      )}
      <Heading className={styles.title} tabIndex={-1} ref={headingRef}>
        {title}
      </Heading>
      {children && <div className={styles.text}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
