// Answers find their questions by `ref`. One of these a socket: refs begin again with each, and an answer that
// comes twice, late or for nothing finds nothing.

import type { Timers } from "../domain/ports/clock";
import type { Up, UpAction } from "../protocol/up";
import { ANSWER_MS } from "./connection-machine";
import type { Answers, Refused, Told } from "./told.types";

/** Which type of down frame answers an action. `ping` has no ref and is answered by the gateway. */
type AnswerTypes = {
  readonly hello: "welcome";
  readonly send: "ok";
  readonly sync: "page";
  readonly mark: "ok";
  readonly typing: "ok";
  readonly watch: "presence";
  readonly inbox: "conversations";
  readonly open: "conversations";
  readonly profile: "profile";
};
const ANSWERED_BY: AnswerTypes = {
  hello: "welcome",
  send: "ok",
  sync: "page",
  mark: "ok",
  typing: "ok",
  watch: "presence",
  inbox: "conversations",
  open: "conversations",
  profile: "profile",
};

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type AskedAction = keyof AnswerTypes & UpAction;
/** An up frame before it has its ref. */
export type Question<A extends AskedAction = AskedAction> = Without<Up<A>, "ref">;

export type Reply<A extends AskedAction = AskedAction> =
  | { readonly is: "answered"; readonly answer: Answers[AnswerTypes[A]] }
  | ({ readonly is: "refused" } & Refused)
  /** The line went, or never was: nobody knows whether it was done. */
  | { readonly is: "lost" };

export interface Requests {
  ask<A extends AskedAction>(question: Question<A> & { readonly action: A }): Promise<Reply<A>>;
  /** Whether somebody waited for this. */
  answer(told: Told): boolean;
  /** The socket is gone. */
  lose(): void;
}

type Waiting = { readonly action: AskedAction; readonly settle: (told: Told | "lost") => void };

export function createRequests(timers: Timers, send: (text: string) => void, overdue: () => void): Requests {
  const waiting = new Map<string, Waiting>();
  let asked = 0;
  let gone = false;

  return {
    ask: (question) =>
      new Promise((resolve) => {
        if (gone) return resolve({ is: "lost" });
        const ref = (asked += 1).toString(36);
        const cancel = timers.after(ANSWER_MS, overdue);
        const settle = (told: Told | "lost") => {
          cancel();
          waiting.delete(ref);
          resolve(replyOf(question.action, told));
        };
        waiting.set(ref, { action: question.action, settle });
        send(JSON.stringify({ ...question, ref }));
      }),
    answer: (told) => {
      const ref = "ref" in told ? told.ref : undefined;
      const found = ref === undefined ? undefined : waiting.get(ref);
      if (!found || (told.type !== "refused" && told.type !== ANSWERED_BY[found.action])) return false;
      found.settle(told);
      return true;
    },
    lose: () => {
      gone = true;
      for (const { settle } of [...waiting.values()]) settle("lost");
    },
  };
}

function replyOf<A extends AskedAction>(action: A, told: Told | "lost"): Reply<A> {
  if (told === "lost") return { is: "lost" };
  if (told.type === "refused") return { ...told, is: "refused" };
  if (told.type !== ANSWERED_BY[action])
    throw new TypeError(`unable to answer ${action}; it got ${told.type}`);
  // ANSWERED_BY says which type answers the action, and this is that type.
  return { is: "answered", answer: told as unknown as Answers[AnswerTypes[A]] };
}
