"use client";

import { useEffect, useRef, useState } from "react";
import type { ConversationId } from "../../core/domain/ids";
import type { MessageView } from "../../core/client/views";
import { IconButton } from "../ui/button";
import { Icon } from "../ui/icon";
import { useChat } from "./chat-context";
import { editProblem, lengthOf } from "./composed-length";
import { ComposerForm } from "./composer-form";
import { useDesk } from "./desk";
import { UNREACHABLE, refusalSentence } from "./refusal-sentences";
import styles from "./edit-composer.module.css";

type EditComposerProps = {
  readonly conversation: ConversationId;
  readonly message: MessageView;
  readonly onEnd: () => void;
};

const WORDS = { label: "Edit message", submit: "Save", icon: "check" } as const;

/** In the place of the composer, whose draft waits. */
export function EditComposer({ conversation, message, onEnd }: EditComposerProps) {
  const { client } = useChat();
  const desk = useDesk();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(message.text);
  const [problem, setProblem] = useState<string>();
  const saving = useRef(false);

  useEffect(() => {
    const element = field.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, []);

  async function save() {
    if (saving.current) return;
    const tooLong = editProblem(lengthOf(text));
    if (tooLong !== undefined) return setProblem(tooLong);
    saving.current = true;
    const answer = await client.edit(conversation, message.id, text);
    saving.current = false;
    if (answer.is !== "ok")
      return setProblem(answer.is === "refused" ? refusalSentence("edit", answer) : UNREACHABLE);
    onEnd();
    desk.say("Message edited.");
  }

  return (
    <ComposerForm
      field={field}
      text={text}
      words={WORDS}
      problem={problem}
      onSubmit={() => void save()}
      onChange={(next) => {
        setText(next);
        setProblem(undefined);
      }}
      onKey={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onEnd();
      }}
    >
      <div className={styles.editing}>
        <Icon name="pencil" size={18} />
        <p className={styles.words}>
          <span className={styles.title}>Editing</span>
          <span className={styles.before} dir="auto">
            {message.text}
          </span>
        </p>
        <IconButton label="Stop editing" onClick={onEnd}>
          <Icon name="close" size={18} />
        </IconButton>
      </div>
    </ComposerForm>
  );
}
