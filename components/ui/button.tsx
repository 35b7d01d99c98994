import type { ButtonHTMLAttributes, Ref } from "react";
import { classes } from "./classes";
import { Spinner } from "./spinner";
import styles from "./button.module.css";

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  readonly look?: "primary" | "secondary" | "quiet" | "danger";
  readonly size?: "small" | "regular";
  /** Something is under way that this button began: it cannot be pressed again. */
  readonly busy?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
};

export function Button({
  look = "secondary",
  size = "regular",
  busy = false,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classes(styles.button, styles[look], styles[size], rest.className)}
      // Not `disabled`: that would throw the focus away while the answer is awaited.
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      <span className={classes(styles.content, busy && styles.hidden)}>{children}</span>
      {busy && (
        <span className={styles.busy}>
          <Spinner label="One moment" />
        </span>
      )}
    </button>
  );
}

type IconButtonProps = Omit<ButtonProps, "look" | "size" | "busy"> & { readonly label: string };

export function IconButton({ label, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={classes(styles.icon, rest.className)}
    >
      {children}
    </button>
  );
}
