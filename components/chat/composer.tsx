"use client";

import { useEffect, useRef, useState } from "react";
import type { ConversationId } from "../../core/domain/ids";
import { checkText } from "../../core/domain/text";
import { arriveToWrite } from "../browser/arrival";
import { useChat } from "./chat-context";
import { ComposerForm } from "./composer-form";
import { UNREACHABLE, refusalSentence } from "./refusal-sentences";

type ComposerProps = {
  readonly conversation: ConversationId;
  /** Arrow up, with nothing written. */
  readonly onEditLast: () => void;
};

const WORDS = { label: "Message", submit: "Send", icon: "send" } as const;

export function Composer({ conversation, onEditLast }: ComposerProps) {
  const { client, drafts } = useChat();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => drafts.read(conversation));
  const [problem, setProblem] = useState<string>();
  useEffect(() => arriveToWrite(field.current), []);

  function change(next: string) {
    setText(next);
    setProblem(undefined);
    drafts.write(conversation, next);
  }

  async function send() {
    field.current?.focus();
    const checked = checkText(text);
    if (checked.is !== "fine") return setProblem(refusalSentence({ code: checked.is }));
    setText("");
    setProblem(undefined);
    // The draft stays until the message is on the disk: a page that is loaded again before that has it still.
    const answer = await client.send(conversation, text);
    if (answer.is === "ok") {
      if (drafts.read(conversation) === text) drafts.write(conversation, "");
      return;
    }
    // Nothing is lost: the text comes back, before what may have been typed since.
    setText((since) => {
      const back = since === "" ? text : `${text}\n${since}`;
      drafts.write(conversation, back);
      return back;
    });
    setProblem(answer.is === "refused" ? refusalSentence(answer) : UNREACHABLE);
  }

  return (
    <ComposerForm
      field={field}
      text={text}
      words={WORDS}
      problem={problem}
      onSubmit={() => void send()}
      onChange={(next) => {
        change(next);
        client.typing(conversation);
      }}
      onKey={(event) => {
        if (event.key !== "ArrowUp" || text !== "") return;
        event.preventDefault();
        onEditLast();
      }}
    />
  );
}
