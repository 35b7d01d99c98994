import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from "react";
import { classes } from "./classes";
import { Icon } from "./icon";
import styles from "./text-field.module.css";

type TextFieldProps = InputHTMLAttributes<HTMLInputElement> & {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong and what to do. */
  readonly problem?: string | undefined;
  /** Stands before what is typed: "@". */
  readonly prefix?: string;
  readonly ref?: Ref<HTMLInputElement>;
};

export function TextField({ label, hint, problem, prefix, ...rest }: TextFieldProps) {
  const id = useId();
  const told = problem ? `${id}-problem` : hint ? `${id}-hint` : undefined;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={classes(styles.box, problem !== undefined && styles.wrong)}>
        {prefix && (
          <span aria-hidden="true" className={styles.prefix}>
            {prefix}
          </span>
        )}
        <input
          {...rest}
          id={id}
          className={styles.input}
          aria-invalid={problem ? true : undefined}
          aria-describedby={told}
        />
      </div>
      {hint && !problem && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      <div role="alert">
        {problem && (
          <p id={`${id}-problem`} className={styles.problem}>
            <Icon name="alert" size={16} />
            <span>{problem}</span>
          </p>
        )}
      </div>
    </div>
  );
}
