"use client";

import { useEffect } from "react";
import { useConversations, useStorage } from "./use-live";

/** Whether something that was written is lost with this page. */
export function useWouldLose(): boolean {
  const { conversations } = useConversations();
  const isKept = useStorage().is === "kept";
  return !isKept && conversations.some(({ unsent }) => unsent > 0);
}

/** The browser asks before a tab is closed with which something that was written would go. */
export function useUnsentWarning(): void {
  const wouldLose = useWouldLose();

  useEffect(() => {
    if (!wouldLose) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [wouldLose]);
}
