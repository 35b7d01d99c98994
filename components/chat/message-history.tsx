"use client";

import { useCallback, useEffect, useState } from "react";
import type { Answer } from "../../core/client/chat-client.types";
import type { ConversationId, Seq } from "../../core/domain/ids";
import type { Version } from "../../core/domain/history";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Spinner } from "../ui/spinner";
import { useChat } from "./chat-context";
import { MessageText } from "./message-text";
import { UNREACHABLE, refusalSentence } from "./refusal-sentences";
import { fullTimeOf } from "./times";
import styles from "./message-history.module.css";

type MessageHistoryProps = {
  readonly conversation: ConversationId;
  readonly seq: Seq;
  /** When it was edited last, as far as is known: what it said is asked for again when it changes. */
  readonly editedAt: number | undefined;
  readonly onClose: () => void;
};

export function MessageHistory({ conversation, seq, editedAt, onClose }: MessageHistoryProps) {
  const { client } = useChat();
  const [answer, setAnswer] = useState<Answer<readonly Version[]>>();
  const ask = useCallback(async () => {
    setAnswer(undefined);
    setAnswer(await client.history(conversation, seq));
  }, [client, conversation, seq]);
  useEffect(() => void ask(), [ask, editedAt]);

  return (
    <Dialog title="What this message said" onClose={onClose}>
      <div className={styles.history} role="status">
        <Told answer={answer} onRetry={() => void ask()} />
      </div>
    </Dialog>
  );
}

type ToldProps = {
  readonly answer: Answer<readonly Version[]> | undefined;
  readonly onRetry: () => void;
};

function Told({ answer, onRetry }: ToldProps) {
  if (!answer) return <Spinner label="Loading earlier versions" />;
  if (answer.is === "refused") return <p>{refusalSentence("history", answer)}</p>;
  if (answer.is === "unreachable")
    return (
      <>
        <p>{UNREACHABLE}</p>
        <Button onClick={onRetry}>Try again</Button>
      </>
    );
  return (
    <ol className={styles.versions}>
      {answer.value.map(({ seq, at, text }, index) => (
        <li key={seq} className={styles.version}>
          <p className={styles.when}>
            {index === answer.value.length - 1 ? "At first, " : index === 0 ? "Now, since " : "From "}
            <time dateTime={new Date(at).toISOString()}>{fullTimeOf(at)}</time>
          </p>
          <MessageText text={text} />
        </li>
      ))}
    </ol>
  );
}
