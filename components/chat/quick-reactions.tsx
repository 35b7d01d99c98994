import type { MessageView } from "../../core/client/views";
import { whoReacted } from "./who-reacted";
import styles from "./quick-reactions.module.css";

type QuickReactionsProps = {
  readonly message: MessageView;
  readonly peerName: string;
  readonly onChoose: (emoji: string) => void;
};

/** What nearly everyone means: yes, love, fun, surprise, sorrow, thanks. */
const QUICK = [
  ["👍", "Thumbs up"],
  ["❤️", "Heart"],
  ["😂", "Laughing"],
  ["😮", "Surprised"],
  ["😢", "Sad"],
  ["🙏", "Thank you"],
] as const;

export function QuickReactions({ message, peerName, onChoose }: QuickReactionsProps) {
  const { reactions = [] } = message;
  const own = reactions.find(({ mine }) => mine)?.emoji;
  return (
    <div role="group" aria-label="React" className={styles.quick}>
      {QUICK.map(([emoji, name]) => (
        <button
          key={emoji}
          type="button"
          role="menuitemradio"
          tabIndex={-1}
          aria-checked={emoji === own}
          aria-label={name}
          title={name}
          className={styles.emoji}
          onClick={() => onChoose(emoji)}
        >
          {emoji}
        </button>
      ))}
      {reactions.length > 0 && (
        <span className={styles.who} role="presentation">
          {reactions.map((one) => (
            <span key={one.emoji}>
              {one.emoji} <bdi>{whoReacted(one, peerName)}</bdi>
            </span>
          ))}
        </span>
      )}
    </div>
  );
}
