"use client";

import { useMemo, useState } from "react";
import type { Answer } from "../../core/client/chat-client.types";
import type { ConversationId, EntryId } from "../../core/domain/ids";
import { useChat } from "./chat-context";
import type { Desk, Doing, Editing } from "./desk";
import { UNREACHABLE, refusalSentence, type Asked } from "./refusal-sentences";

/** `number` makes the same words twice two sayings. */
type Said = { readonly number: number; readonly words: string };

const NOTHING: Doing = { is: "nothing" };
const SILENCE: Said = { number: 0, words: "" };

export type DeskState = {
  readonly desk: Desk;
  readonly doing: Doing;
  readonly editing: Editing | undefined;
  readonly said: Said;
  /** What could not be done; it stays until the next thing is done. */
  readonly problem: string | undefined;
  readonly forgetProblem: () => void;
};

export function useDeskState(conversation: ConversationId): DeskState {
  const { client } = useChat();
  const [doing, show] = useState<Doing>(NOTHING);
  const [editing, edit] = useState<Editing>();
  const [said, setSaid] = useState(SILENCE);
  const [problem, setProblem] = useState<string>();

  const desk = useMemo((): Desk => {
    const say = (words: string) => setSaid(({ number }) => ({ number: number + 1, words }));
    const tell = (asked: Asked, answer: Answer<EntryId>, words: string) => {
      setProblem(problemOf(asked, answer));
      if (answer.is === "ok") say(words);
    };
    return {
      show,
      menu: (message, at) => show({ is: "menu", message, at, now: Date.now() }),
      edit,
      say,
      react: async (message, emoji) => {
        const takesAway = message.reactions?.some((one) => one.mine && one.emoji === emoji) ?? false;
        const answer = await client.react(conversation, message, takesAway ? undefined : emoji);
        tell("reaction", answer, takesAway ? "Reaction removed." : `You reacted with ${emoji}`);
      },
      copy: async ({ text }) => {
        try {
          await navigator.clipboard.writeText(text);
          setProblem(undefined);
          say("Copied.");
        } catch {
          setProblem("The browser did not allow copying. Select the text and copy it by hand.");
        }
      },
      remove: async (message) => {
        const isSent = message.progress?.is !== "waiting" && message.progress?.is !== "failed";
        tell(
          "delete",
          await client.delete(conversation, message.id),
          isSent ? "Message deleted. It can be undone for a few seconds." : "Message removed.",
        );
      },
      undoDelete: async ({ id }) => {
        await client.undoDelete(conversation, id);
        say("The message is back.");
      },
    };
  }, [client, conversation]);

  return { desk, doing, editing, said, problem, forgetProblem: () => setProblem(undefined) };
}

function problemOf(asked: Asked, answer: Answer<EntryId>): string | undefined {
  if (answer.is === "ok") return undefined;
  return answer.is === "refused" ? refusalSentence(asked, answer) : UNREACHABLE;
}
