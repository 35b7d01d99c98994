"use client";

import { useEffect } from "react";
import { useConversations } from "./use-live";
import type { Screen } from "./screens";

/** "(3) Ada Lovelace · Parley" */
export function useUnreadTitle(screen: Screen): void {
  const { conversations, unreadTotal } = useConversations();
  const handle = screen.is === "conversation" ? screen.handle : undefined;
  const peer = conversations.find((conversation) => conversation.peer.handle === handle)?.peer;
  const place =
    screen.is === "settings" ? "Settings" : (peer?.name ?? (handle && `@${handle}`) ?? "Conversations");
  const title = `${unreadTotal > 0 ? `(${unreadTotal}) ` : ""}${place} · Parley`;

  useEffect(() => {
    document.title = title;
  }, [title]);
}
