// What was told on a socket and not asked: nothing waits for it. Its ref is kept for a while, for the word that comes
// back where it was refused, or where no push reaches this socket.

import type { Clock } from "../domain/ports/clock";
import type { Refused, Told } from "./told.types";

/** What became of something told, where it is more than that it is done. */
export type Word = ({ readonly is: "refused" } & Refused) | { readonly is: "unreached" };

/** The gateway gives a function up after 29 s; what has not come back by then does not. */
export const WORD_MS = 30_000;

export interface Tellings {
  /** `heard`: at most once, and mostly never. */
  add(ref: string, heard: (word: Word) => void): void;
  /** Whether it is about one of these. */
  hear(told: Told): boolean;
  /** One of what was said on this socket has failed, and no name was named: every one of these may be it. */
  doubt(): "none" | "doubted";
  forget(): void;
}

export function createTellings(clock: Clock): Tellings {
  const tellings = new Map<string, { readonly at: number; readonly heard: (word: Word) => void }>();

  function forgetOld(): void {
    for (const [ref, { at }] of tellings) if (clock.now() - at > WORD_MS) tellings.delete(ref);
  }

  return {
    add: (ref, heard) => {
      forgetOld();
      tellings.set(ref, { at: clock.now(), heard });
    },
    hear: (told) => {
      if ((told.type !== "refused" && told.type !== "ok") || told.ref === undefined) return false;
      forgetOld();
      const telling = tellings.get(told.ref);
      tellings.delete(told.ref);
      if (told.type === "refused") telling?.heard({ ...told, is: "refused" });
      else if (told.unreached) telling?.heard({ is: "unreached" });
      return telling !== undefined;
    },
    doubt: () => {
      forgetOld();
      const lately = [...tellings.values()];
      tellings.clear();
      for (const { heard } of lately) heard({ is: "refused", code: "try-again" });
      return lately.length === 0 ? "none" : "doubted";
    },
    forget: () => tellings.clear(),
  };
}
