"use client";

import type { ConversationId, EntryId } from "../../core/domain/ids";
import type { FailureCode } from "../../core/client/ports/store";
import type { ChangeView } from "../../core/client/views";
import { Button } from "../ui/button";
import { useChat } from "./chat-context";
import { refusalSentence, type Asked } from "./refusal-sentences";
import styles from "./failed-message.module.css";

type FailedMessageProps = {
  readonly conversation: ConversationId;
  readonly id: EntryId;
  readonly code: FailureCode;
};

export const FailedMessage = (failed: FailedMessageProps) => (
  <Failed {...failed} asked="message" what="Not sent" />
);

type FailedChangeProps = Omit<FailedMessageProps, "id"> & { readonly change: ChangeView };

export const FailedChange = ({ change, ...failed }: FailedChangeProps) => (
  <Failed
    {...failed}
    id={change.id}
    asked={change.kind}
    what={change.kind === "edit" ? "Not edited" : "Not deleted"}
  />
);

/** What may well succeed the next time: the wish is the same, only its time has passed. */
const AGAIN: Partial<Record<FailureCode, string>> = { expired: "Send now" };

type FailedProps = FailedMessageProps & { readonly asked: Asked; readonly what: string };

function Failed({ conversation, id, code, asked, what }: FailedProps) {
  const { client } = useChat();
  const leave = (button: HTMLElement) =>
    button.closest<HTMLElement>("[data-entry]")?.focus({ preventScroll: true });
  return (
    <div className={styles.failed} role="group" aria-label={what}>
      <p className={styles.why}>
        {what}. {refusalSentence(asked, { code })}
      </p>
      <Button
        size="small"
        onClick={({ currentTarget }) => {
          leave(currentTarget);
          void client.retry(conversation, id);
        }}
      >
        {AGAIN[code] ?? (what === "Not sent" ? "Send again" : "Try again")}
      </Button>
      <Button
        size="small"
        look="quiet"
        onClick={({ currentTarget }) => {
          leave(currentTarget);
          void client.discard(conversation, id);
        }}
      >
        {what === "Not sent" ? "Remove" : "Leave it"}
      </Button>
    </div>
  );
}
