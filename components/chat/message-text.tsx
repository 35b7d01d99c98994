import { linkify } from "./linkify";
import styles from "./message-text.module.css";

/** Each line takes its direction from its own first letter. */
export function MessageText({ text }: { readonly text: string }) {
  return (
    <p className={styles.text} dir="auto">
      {linkify(text).map((part, index) =>
        part.is === "text" ? (
          part.text
        ) : (
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            <bdi>{part.text}</bdi>
          </a>
        ),
      )}
    </p>
  );
}
