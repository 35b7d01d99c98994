// Answers find their questions by `ref`. One of these a socket: refs begin again with each, and an answer that
// comes twice, late or for nothing finds nothing.
//
// The gateway has errors of its own (too many requests, a function that failed) that name no question. One of those
// that were asked before it has failed, nobody knows which: what is not answered soon after is taken for it. It may
// have been one that was told and not asked (tellings.ts), so those are all taken for failed: told twice does no harm.

import type { Timers } from "../domain/ports/clock";
import type { ToldAction } from "../protocol/told";
import type { Up, UpAction } from "../protocol/up";
import { ANSWER_MS } from "./coming";
import { createTellings, type Word } from "./tellings";
import type { Answers, Refused, Told } from "./told.types";

/** Which type of down frame answers an action. `ping` has no ref and is answered by the gateway. */
type AnswerTypes = {
  readonly hello: "welcome";
  readonly send: "ok";
  readonly sync: "page";
  readonly history: "history";
  readonly here: "ok";
  readonly watch: "presence";
  readonly inbox: "conversations";
  readonly open: "conversations";
  readonly profile: "profile";
};
const ANSWERED_BY: AnswerTypes = {
  hello: "welcome",
  send: "ok",
  sync: "page",
  history: "history",
  here: "ok",
  watch: "presence",
  inbox: "conversations",
  open: "conversations",
  profile: "profile",
};

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type AskedAction = keyof AnswerTypes & UpAction;
/** What is told, before it has its ref. */
export type Telling = Without<Up<ToldAction>, "ref">;
/** An up frame before it has its ref. */
export type Question<A extends AskedAction = AskedAction> = Without<Up<A>, "ref">;

export type Reply<A extends AskedAction = AskedAction> =
  | { readonly is: "answered"; readonly answer: Answers[AnswerTypes[A]] }
  | ({ readonly is: "refused" } & Refused)
  /** The line went, or never was: nobody knows whether it was done. */
  | { readonly is: "lost" };

export interface Requests {
  /** Waits for nothing, and keeps nobody waiting. `heard`: if a word comes back all the same. */
  tell(telling: Telling, heard: (word: Word) => void): void;
  ask<A extends AskedAction>(question: Question<A> & { readonly action: A }): Promise<Reply<A>>;
  /** Whether somebody waited for this. */
  answer(told: Told): boolean;
  /** One of what was asked has failed. */
  doubt(): void;
  /** Once: when nothing is left to be answered, which may be now. */
  whenIdle(then: () => void): void;
  /** The socket is gone. */
  lose(): void;
}

/** Most answers take a few hundred milliseconds; one that is asked twice for nothing does no harm. */
export const DOUBT_MS = 2_000;

type Waiting = {
  readonly action: AskedAction;
  readonly settle: (told: Told | "lost") => void;
  readonly doubt: () => void;
};
const FAILED: Told = { type: "refused", code: "try-again" };

export function createRequests(timers: Timers, send: (text: string) => void, overdue: () => void): Requests {
  const waiting = new Map<string, Waiting>();
  const tellings = createTellings(timers);
  let refs = 0;
  let gone = false;
  let idle: (() => void) | undefined;

  function tellIdle(): void {
    if (!idle || waiting.size > 0) return;
    const then = idle;
    idle = undefined;
    then();
  }

  const newRef = () => (refs += 1).toString(36);

  return {
    tell: (telling, heard) => {
      if (gone) return;
      const ref = newRef();
      tellings.add(ref, heard);
      send(JSON.stringify({ ...telling, ref }));
    },
    ask: (question) =>
      new Promise((resolve) => {
        if (gone) return resolve({ is: "lost" });
        const ref = newRef();
        const cancels = [timers.after(ANSWER_MS, overdue)];
        const settle = (told: Told | "lost") => {
          for (const cancel of cancels) cancel();
          waiting.delete(ref);
          resolve(replyOf(question.action, told));
          tellIdle();
        };
        const doubt = () => void cancels.push(timers.after(DOUBT_MS, () => settle(FAILED)));
        waiting.set(ref, { action: question.action, settle, doubt });
        send(JSON.stringify({ ...question, ref }));
      }),
    answer: (told) => {
      const ref = "ref" in told ? told.ref : undefined;
      const found = ref === undefined ? undefined : waiting.get(ref);
      if (!found) return tellings.hear(told);
      if (told.type !== "refused" && told.type !== ANSWERED_BY[found.action]) return false;
      found.settle(told);
      return true;
    },
    doubt: () => {
      const told = tellings.doubt();
      const [only, ...more] = waiting.values();
      if (only && more.length === 0 && told === "none") return only.settle(FAILED);
      for (const { doubt } of waiting.values()) doubt();
    },
    whenIdle: (then) => {
      idle = then;
      tellIdle();
    },
    lose: () => {
      gone = true;
      tellings.forget();
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
