"use client";

// What a person does in the conversation that is open: one menu or dialog at a time, one message being edited.

import { createContext, useContext } from "react";
import type { DeletedView, MessageView } from "../../core/client/views";

/** `at`: the element of the message, where the focus goes back to. A dialog finds its way back by itself. */
export type Doing =
  | { readonly is: "nothing" }
  /** `now`: when it was opened; what may be done is not changed under the finger. */
  | { readonly is: "menu"; readonly message: MessageView; readonly at: HTMLElement; readonly now: number }
  | { readonly is: "emoji" | "history"; readonly message: MessageView };

/** `at` is absent where the edit was begun in the composer. */
export type Editing = { readonly message: MessageView; readonly at?: HTMLElement };

export type Desk = {
  readonly show: (doing: Doing) => void;
  readonly menu: (message: MessageView, at: HTMLElement) => void;
  readonly edit: (editing: Editing | undefined) => void;
  /** Takes one's own away where it is the same. */
  readonly react: (message: MessageView, emoji: string) => Promise<void>;
  readonly copy: (message: MessageView) => Promise<void>;
  readonly remove: (message: MessageView) => Promise<void>;
  readonly undoDelete: (deleted: DeletedView) => Promise<void>;
  /** For those who do not see it. */
  readonly say: (words: string) => void;
};

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("unable to show this part; it is outside of a conversation");
  return desk;
}
