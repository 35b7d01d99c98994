// What was being written, a conversation each, so that neither a reload nor a look at another one loses it.
// Where the browser refuses storage the text lives as long as the screen.

import type { ConversationId, UserId } from "../../core/domain/ids";

const PREFIX = "parley.draft.";

export type Drafts = {
  readonly read: (conversation: ConversationId) => string;
  readonly write: (conversation: ConversationId, text: string) => void;
  readonly wipe: () => void;
};

export function createDrafts(user: UserId, storage: () => Storage = () => localStorage): Drafts {
  const keyOf = (conversation: ConversationId) => `${PREFIX}${user}.${conversation}`;
  return {
    read: (conversation) => attempt(() => storage().getItem(keyOf(conversation))) ?? "",
    write: (conversation, text) =>
      attempt(() =>
        text === ""
          ? storage().removeItem(keyOf(conversation))
          : storage().setItem(keyOf(conversation), text),
      ),
    wipe: () =>
      attempt(() => {
        for (const key of Object.keys(storage()))
          if (key.startsWith(`${PREFIX}${user}.`)) storage().removeItem(key);
      }),
  };
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
