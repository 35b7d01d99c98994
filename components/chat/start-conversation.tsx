"use client";

import { useState, type SyntheticEvent } from "react";
import { navigate } from "../browser/navigate";
import { Button } from "../ui/button";
import { TextField } from "../ui/text-field";
import { useChat } from "./chat-context";
import { handleFromInput } from "./handle-from-input";
import { UNREACHABLE, refusalSentence } from "./refusal-sentences";
import { pathOf } from "./screens";
import styles from "./start-conversation.module.css";

/** Opens a conversation by exact handle. There is no directory to search. */
export function StartConversation({ onOpened }: { readonly onOpened?: () => void }) {
  const { client } = useChat();
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function open(event: SyntheticEvent) {
    event.preventDefault();
    if (busy) return;
    const handle = handleFromInput(typed);
    if (!handle)
      return setProblem(
        typed.trim() === "" ? "Enter a handle first." : refusalSentence("open", { code: "bad-handle" }),
      );
    setBusy(true);
    const answer = await client.open(handle);
    setBusy(false);
    if (answer.is === "unreachable") return setProblem(UNREACHABLE);
    if (answer.is === "refused") return setProblem(refusalSentence("open", answer));
    navigate(pathOf(handle));
    onOpened?.();
  }

  return (
    <form className={styles.form} onSubmit={(event) => void open(event)} noValidate>
      <TextField
        label="Handle"
        prefix="@"
        hint="Exactly as they told you, for example ada. Their link works too."
        problem={problem}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setProblem(undefined);
        }}
        autoCapitalize="none"
        autoCorrect="off"
        autoComplete="off"
        spellCheck={false}
        dir="ltr"
        maxLength={300}
      />
      <Button type="submit" look="primary" busy={busy}>
        Start conversation
      </Button>
    </form>
  );
}
