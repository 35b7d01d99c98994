import styles from "./typing-row.module.css";

/** Not announced: it comes and goes too often. The bar above says it in words. */
export function TypingRow({ name }: { readonly name: string }) {
  return (
    <div className={styles.typing} role="img" aria-label={`${name} is typing`}>
      <span />
      <span />
      <span />
    </div>
  );
}
