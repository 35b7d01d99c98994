"use client";

import { useEffect } from "react";
import { useConversations, useStorage } from "./use-live";

/** The browser asks before a tab is closed with which something that was written would go. */
export function useUnsentWarning(): void {
  const { conversations } = useConversations();
  const isKept = useStorage().is === "kept";
  const wouldLose = !isKept && conversations.some(({ unsent }) => unsent > 0);

  useEffect(() => {
    if (!wouldLose) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [wouldLose]);
}
