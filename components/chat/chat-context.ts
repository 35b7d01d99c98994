"use client";

import { createContext, useContext } from "react";
import type { ChatClient } from "../../core/client/chat-client.types";
import type { UserId } from "../../core/domain/ids";
import type { AppVersion } from "../browser/app-version";
import type { Drafts } from "../browser/drafts";

export type Chat = {
  readonly client: ChatClient;
  readonly user: UserId;
  readonly drafts: Drafts;
  readonly version: AppVersion;
  /**
   * Wipes what this device stores of the person, ends the session and leaves. "not wiped": it stays, until it is told
   * to leave all the same.
   */
  readonly signOut: (options?: { readonly evenIfNotWiped?: boolean }) => Promise<"left" | "not wiped">;
};

export const ChatContext = createContext<Chat | undefined>(undefined);

export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (!chat) throw new Error("unable to show this part; it is outside of the chat provider");
  return chat;
}
