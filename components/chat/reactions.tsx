"use client";

import type { MessageView, ReactionView } from "../../core/client/views";
import { useDesk } from "./desk";
import { whoReacted } from "./who-reacted";
import styles from "./reactions.module.css";

type ReactionsProps = {
  readonly message: MessageView;
  readonly reactions: readonly ReactionView[];
  readonly peerName: string;
  /** Nobody may react here any more. */
  readonly closed: boolean;
  readonly reachable: boolean;
};

export function Reactions({ message, reactions, peerName, closed, reachable }: ReactionsProps) {
  const desk = useDesk();
  return (
    <div className={styles.reactions} role="group" aria-label="Reactions">
      {reactions.map((one) => (
        <button
          key={one.emoji}
          type="button"
          className={styles.reaction}
          tabIndex={reachable ? 0 : -1}
          aria-pressed={one.mine}
          aria-disabled={closed || undefined}
          aria-label={`${one.emoji} ${whoReacted(one, peerName)}`}
          title={whoReacted(one, peerName)}
          onClick={() => !closed && void desk.react(message, one.emoji)}
        >
          <span className={styles.emoji}>{one.emoji}</span>
          {one.users.length > 1 && one.users.length}
        </button>
      ))}
    </div>
  );
}
