"use client";

import type { ConversationId, EntryId } from "../../core/domain/ids";
import type { FailureCode } from "../../core/client/ports/store";
import { Button } from "../ui/button";
import { useChat } from "./chat-context";
import { refusalSentence } from "./refusal-sentences";
import styles from "./failed-message.module.css";

type FailedMessageProps = {
  readonly conversation: ConversationId;
  readonly id: EntryId;
  readonly code: FailureCode;
};

export function FailedMessage({ conversation, id, code }: FailedMessageProps) {
  const { client } = useChat();
  return (
    <div className={styles.failed} role="group" aria-label="Not sent">
      <p className={styles.why}>Not sent. {refusalSentence({ code })}</p>
      <Button size="small" onClick={() => void client.retry(conversation, id)}>
        Send again
      </Button>
      <Button size="small" look="quiet" onClick={() => void client.discard(conversation, id)}>
        Remove
      </Button>
    </div>
  );
}
