"use client";

import { useEffect, useRef, useState } from "react";
import type { ConversationId } from "../../core/domain/ids";
import { splitText, type TextPart } from "../../core/domain/split-text";
import { isBlank, normalizeText } from "../../core/domain/text";
import { arriveToWrite } from "../browser/arrival";
import { useChat } from "./chat-context";
import { lengthOf, lengthProblem } from "./composed-length";
import { ComposerForm } from "./composer-form";
import { UNREACHABLE, refusalSentence } from "./refusal-sentences";
import { sendInParts, type PartsSent } from "./send-in-parts";

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

  /** The draft stays until the text is on the disk: a page that is loaded again before that has it still. */
  async function sendAll(parts: readonly TextPart[]) {
    field.current?.focus();
    setText("");
    setProblem(undefined);
    const draft = {
      read: () => drafts.read(conversation),
      write: (left: string) => drafts.write(conversation, left),
    };
    const sent = await sendInParts({ send: (part) => client.send(conversation, part), draft }, text, parts);
    if (sent.is === "stopped") bringBack(sent);
  }

  /** Nothing is lost: the text comes back, before what may have been typed since. */
  function bringBack({ left, answer }: Extract<PartsSent, { readonly is: "stopped" }>) {
    setText((since) => {
      const back = since === "" ? left : `${left}\n${since}`;
      drafts.write(conversation, back);
      return back;
    });
    setProblem(answer.is === "refused" ? refusalSentence("message", answer) : UNREACHABLE);
  }

  function send() {
    field.current?.focus();
    if (isBlank(normalizeText(text))) return setProblem(refusalSentence("message", { code: "empty" }));
    const tooLong = lengthProblem(lengthOf(text), splitText(text)?.length);
    if (tooLong !== undefined) return setProblem(tooLong);
    void sendAll([{ text, rest: "" }]);
  }

  return (
    <ComposerForm
      field={field}
      text={text}
      words={WORDS}
      problem={problem}
      onSubmit={send}
      onSendInParts={(parts) => void sendAll(parts)}
      onChange={(next) => {
        change(next);
        client.typing(conversation, next.trim() !== "");
      }}
      onKey={(event) => {
        if (event.key !== "ArrowUp" || text !== "") return;
        event.preventDefault();
        onEditLast();
      }}
    />
  );
}
