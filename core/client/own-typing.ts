// Tells the other person when somebody types in this tab, and when they stop. A message ends the dots by itself; in all
// other cases this tab tells it: the composer is cleared, the person leaves the conversation or hides the page.

import type { Timers } from "../domain/ports/clock";
import type { ConversationId } from "../domain/ids";
import type { Surroundings } from "./ports/surroundings";

/** A word that is taken back and written anew within this time is no end of typing. */
const CLEARED_MS = 1_000;

export interface OwnTyping {
  changed(conversation: ConversationId, hasText: boolean): void;
  /** A message was sent there. */
  wrote(conversation: ConversationId): void;
  /** The tab shows this conversation from now on. */
  look(conversation: ConversationId | undefined): void;
  stop(): void;
}

type OwnTypingNeeds = {
  readonly timers: Timers;
  readonly surroundings: Surroundings;
  readonly types: (conversation: ConversationId) => void;
  readonly stopped: (conversation: ConversationId) => void;
};

export function createOwnTyping({ timers, surroundings, types, stopped }: OwnTypingNeeds): OwnTyping {
  let typingIn: ConversationId | undefined;
  let cancel = () => {};

  function forget(): void {
    cancel();
    typingIn = undefined;
  }

  function end(): void {
    const conversation = typingIn;
    forget();
    if (conversation) stopped(conversation);
  }

  const unsubscribe = surroundings.subscribe(() => {
    if (!surroundings.visible() || !surroundings.awake()) end();
  });

  return {
    changed: (conversation, hasText) => {
      cancel();
      if (typingIn !== conversation) end();
      if (hasText) {
        typingIn = conversation;
        types(conversation);
      } else if (typingIn) cancel = timers.after(CLEARED_MS, end);
    },
    wrote: (conversation) => {
      if (typingIn === conversation) forget();
    },
    look: (conversation) => {
      if (typingIn !== conversation) end();
    },
    stop: () => {
      unsubscribe();
      forget();
    },
  };
}
