"use client";

import { useState, type SyntheticEvent } from "react";
import type { Person } from "../../core/domain/person";
import type { RefusalCode } from "../../core/domain/refusal";
import { Button } from "../ui/button";
import { TextField } from "../ui/text-field";
import { useChat } from "./chat-context";
import { handleFromInput } from "./handle-from-input";
import { UNREACHABLE, refusalSentence } from "./refusal-sentences";
import styles from "./profile-form.module.css";

type Told =
  | { readonly is: "nothing" }
  | { readonly is: "saving" }
  | { readonly is: "saved" }
  | { readonly is: "wrong"; readonly where: "name" | "handle" | "form"; readonly sentence: string };

export function ProfileForm({ me }: { readonly me: Person }) {
  const { client } = useChat();
  const [name, setName] = useState(me.name);
  const [handle, setHandle] = useState<string>(me.handle);
  const [told, setTold] = useState<Told>({ is: "nothing" });
  const problemOf = (where: "name" | "handle" | "form") =>
    told.is === "wrong" && told.where === where ? told.sentence : undefined;

  async function save(event: SyntheticEvent) {
    event.preventDefault();
    if (told.is === "saving") return;
    const wanted = handleFromInput(handle);
    if (!wanted) return setTold(refused("bad-handle"));
    setTold({ is: "saving" });
    const answer = await client.saveProfile({ name, ...(wanted === me.handle ? {} : { handle: wanted }) });
    if (answer.is === "ok") {
      setName(answer.value.name);
      setHandle(answer.value.handle);
      return setTold({ is: "saved" });
    }
    setTold(answer.is === "refused" ? refused(answer.code, answer.delayMs) : unreachable);
  }

  return (
    <form className={styles.form} onSubmit={(event) => void save(event)} noValidate>
      <TextField
        label="Name"
        value={name}
        autoComplete="name"
        dir="auto"
        problem={problemOf("name")}
        onChange={(event) => {
          setName(event.target.value);
          setTold({ is: "nothing" });
        }}
      />
      <TextField
        label="Handle"
        prefix="@"
        hint="How others find you: 3 to 30 small letters, digits, dots, dashes or underscores, with a letter first. A new handle makes a new link; the old one stays yours for 90 days, and leads those you talk with to you."
        value={handle}
        dir="ltr"
        autoCapitalize="none"
        autoCorrect="off"
        autoComplete="off"
        spellCheck={false}
        problem={problemOf("handle")}
        onChange={(event) => {
          setHandle(event.target.value);
          setTold({ is: "nothing" });
        }}
      />
      <div className={styles.foot}>
        <Button type="submit" look="primary" busy={told.is === "saving"}>
          Save
        </Button>
        <p role="status" className={styles.told} data-wrong={problemOf("form") ? true : undefined}>
          {told.is === "saved" ? "Saved." : problemOf("form")}
        </p>
      </div>
    </form>
  );
}

const unreachable: Told = { is: "wrong", where: "form", sentence: UNREACHABLE };

const FIELD_OF: Partial<Record<RefusalCode, "name" | "handle">> = {
  "bad-name": "name",
  "bad-handle": "handle",
  "handle-taken": "handle",
};

const refused = (code: RefusalCode, delayMs?: number): Told => ({
  is: "wrong",
  where: FIELD_OF[code] ?? "form",
  sentence: refusalSentence("profile", { code, ...(delayMs === undefined ? {} : { delayMs }) }),
});
