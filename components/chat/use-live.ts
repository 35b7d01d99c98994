"use client";

import { useSyncExternalStore } from "react";
import type { Live } from "../../core/client/chat-client.types";
import type { ConversationId } from "../../core/domain/ids";
import { useChat } from "./chat-context";

const useLive = <T>({ subscribe, getSnapshot }: Live<T>): T =>
  useSyncExternalStore(subscribe, getSnapshot, getSnapshot);

export const useConnection = () => useLive(useChat().client.connection);
export const useMe = () => useLive(useChat().client.me);
export const useConversations = () => useLive(useChat().client.list);
export const useStorage = () => useLive(useChat().client.storage);
export const useVersion = () => useLive(useChat().version.view);
export const useTimeline = (conversation: ConversationId) => useLive(useChat().client.timeline(conversation));
