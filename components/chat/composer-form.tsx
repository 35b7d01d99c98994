"use client";

import { useMemo, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { splitText, type TextPart } from "../../core/domain/split-text";
import { hasKeyboard } from "../browser/arrival";
import { Icon, type IconName } from "../ui/icon";
import { lengthOf } from "./composed-length";
import { ComposerLength } from "./composer-length";
import styles from "./composer.module.css";

type ComposerFormProps = {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onSubmit: () => void;
  /** Absent where a text stays one message. */
  readonly onSendInParts?: (parts: readonly TextPart[]) => void;
  /** The keys that Enter is not. */
  readonly onKey: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  readonly problem: string | undefined;
  readonly words: { readonly label: string; readonly submit: string; readonly icon: IconName };
  /** What stands above the field. */
  readonly children?: ReactNode;
};

/** Where a text is written; Enter sends where there is a keyboard. */
export function ComposerForm(props: ComposerFormProps) {
  const { field, text, onChange, onSubmit, onKey, onSendInParts, problem, words, children } = props;
  const length = useMemo(() => lengthOf(text), [text]);
  const isTooLong = length.is === "over" || length.is === "marked";
  const parts = useMemo(() => (isTooLong ? splitText(text) : undefined), [text, isTooLong]);

  function press(event: KeyboardEvent<HTMLTextAreaElement>) {
    // While a word is being composed (Japanese, Chinese …) Enter chooses it; 229 is what Safari says of that.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key !== "Enter") return onKey(event);
    if (event.shiftKey || !hasKeyboard()) return;
    event.preventDefault();
    onSubmit();
  }

  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <div role="alert" className={styles.told}>
        {problem && <p className={styles.problem}>{problem}</p>}
      </div>
      {children}
      <div className={styles.box}>
        {/* The twin behind grows with the text, and the field with it. */}
        <div className={styles.grow} data-text={text}>
          <textarea
            ref={field}
            className={styles.field}
            aria-label={words.label}
            placeholder="Write a message"
            dir="auto"
            rows={1}
            value={text}
            enterKeyHint="enter"
            aria-invalid={isTooLong || undefined}
            onChange={(event) => onChange(event.target.value)}
            onKeyDown={press}
          />
        </div>
        <ComposerLength length={length} parts={parts} onSendInParts={onSendInParts} />
        <button
          type="submit"
          className={styles.send}
          data-ready={text.trim() !== "" || undefined}
          aria-label={words.submit}
          title={words.submit}
        >
          <Icon name={words.icon} size={22} />
        </button>
      </div>
    </form>
  );
}
