"use client";

import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { TimelineView } from "../../core/client/views";
import { arriveToWrite, hasKeyboard } from "../browser/arrival";
import { Icon } from "../ui/icon";
import { checkText } from "../../core/domain/text";
import { useChat } from "./chat-context";
import { lengthOf } from "./composed-length";
import { UNREACHABLE, refusalSentence } from "./refusal-sentences";
import styles from "./composer.module.css";

export function Composer({ timeline }: { readonly timeline: TimelineView }) {
  const { conversation, closed } = timeline;
  const { client, drafts } = useChat();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => drafts.read(conversation));
  const [problem, setProblem] = useState<string>();
  const length = lengthOf(text);
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
    change("");
    const answer = await client.send(conversation, text);
    if (answer.is === "ok") return;
    // Nothing is lost: the text comes back, before what may have been typed since.
    setText((since) => {
      const back = since === "" ? text : `${text}\n${since}`;
      drafts.write(conversation, back);
      return back;
    });
    setProblem(answer.is === "refused" ? refusalSentence(answer) : UNREACHABLE);
  }

  function press(event: KeyboardEvent) {
    // While a word is being composed (Japanese, Chinese …) Enter chooses it; 229 is what Safari says of that.
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || composing || !hasKeyboard()) return;
    event.preventDefault();
    void send();
  }

  if (closed)
    return <p className={styles.closed}>This conversation is closed. You can read it, but not write.</p>;

  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div role="alert" className={styles.told}>
        {problem && <p className={styles.problem}>{problem}</p>}
      </div>
      <div className={styles.box}>
        {/* The twin behind grows with the text, and the field with it. */}
        <div className={styles.grow} data-text={text}>
          <textarea
            ref={field}
            className={styles.field}
            aria-label="Message"
            placeholder="Write a message"
            dir="auto"
            rows={1}
            value={text}
            enterKeyHint="enter"
            aria-invalid={length.is === "over" || undefined}
            onChange={(event) => {
              change(event.target.value);
              client.typing(conversation);
            }}
            onKeyDown={press}
          />
        </div>
        {length.is !== "fine" && (
          <span className={styles.count} data-over={length.is === "over" || undefined} role="status">
            {length.is === "over" ? `${-length.left} bytes too long` : `${length.left} bytes left`}
          </span>
        )}
        <button type="submit" className={styles.send} aria-label="Send" title="Send">
          <Icon name="send" size={22} />
        </button>
      </div>
    </form>
  );
}
