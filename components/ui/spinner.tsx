import styles from "./spinner.module.css";

/** Without a label it is decoration: words stand beside it. */
export function Spinner({ label }: { readonly label?: string }) {
  return (
    <span
      className={styles.spinner}
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
    >
      <svg aria-hidden="true" width="20" height="20" viewBox="0 0 20 20" fill="none" strokeWidth="2.25">
        <circle cx="10" cy="10" r="7.5" stroke="currentColor" opacity="0.25" />
        <path d="M17.5 10A7.5 7.5 0 0 0 10 2.5" stroke="currentColor" strokeLinecap="round" />
      </svg>
    </span>
  );
}
