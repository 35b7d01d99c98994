"use client";

import { useState, type SyntheticEvent } from "react";
import { checkEmoji } from "../../core/domain/emoji";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { TextField } from "../ui/text-field";
import { refusalSentence } from "./refusal-sentences";
import styles from "./emoji-dialog.module.css";

type EmojiDialogProps = { readonly onChoose: (emoji: string) => void; readonly onClose: () => void };

/** The emoji keyboard of the person's own device has them all, in their language. */
export function EmojiDialog({ onChoose, onClose }: EmojiDialogProps) {
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string>();

  function choose(event: SyntheticEvent) {
    event.preventDefault();
    const emoji = checkEmoji(typed);
    if (emoji) onChoose(emoji);
    else setProblem(refusalSentence("reaction", { code: "bad-emoji" }));
  }

  return (
    <Dialog title="Another reaction" onClose={onClose}>
      <form className={styles.form} onSubmit={choose} noValidate>
        <TextField
          label="Emoji"
          hint="Type one with the emoji keyboard of this device, or paste one."
          problem={problem}
          value={typed}
          autoComplete="off"
          maxLength={60}
          onChange={(event) => {
            setTyped(event.target.value);
            setProblem(undefined);
          }}
        />
        <Button type="submit" look="primary">
          React
        </Button>
      </form>
    </Dialog>
  );
}
