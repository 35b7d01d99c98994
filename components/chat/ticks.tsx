import type { Progress } from "../../core/client/views";
import styles from "./ticks.module.css";

export const PROGRESS_WORDS: Readonly<Record<Progress["is"], string>> = {
  waiting: "Waiting to be sent",
  sent: "Sent",
  delivered: "Delivered",
  read: "Read",
  failed: "Not sent",
};

const FIRST = "M1.5 6.5l3 3 6-6.5";
const SECOND = "M8.2 9.1l.4.4 6-6.5";

/** One tick: it is in the log. Two: a device of the other has it. Two bright ones: it has been shown. */
export function Ticks({ progress }: { readonly progress: Progress["is"] }) {
  return (
    <span
      role="img"
      aria-label={PROGRESS_WORDS[progress]}
      title={PROGRESS_WORDS[progress]}
      className={styles.ticks}
      data-progress={progress}
    >
      <svg aria-hidden="true" width="16" height="12" viewBox="0 0 16 12" fill="none" stroke="currentColor">
        <Drawing progress={progress} />
      </svg>
    </span>
  );
}

function Drawing({ progress }: { readonly progress: Progress["is"] }) {
  switch (progress) {
    case "waiting":
      return <path d="M8 3v3l2 1.2M8 11a5 5 0 1 0 0-10 5 5 0 0 0 0 10z" />;
    case "sent":
      return <path d={FIRST} transform="translate(2 0)" />;
    case "delivered":
    case "read":
      return <path d={`${FIRST}${SECOND}`} />;
    case "failed":
      return <path d="M8 3.2v3.6M8 9h.01M8 11a5 5 0 1 0 0-10 5 5 0 0 0 0 10z" />;
    default:
      return progress satisfies never;
  }
}
