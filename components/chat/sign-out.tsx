"use client";

import { useState } from "react";
import type { ConversationView } from "../../core/client/views";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { useChat } from "./chat-context";
import { useConversations } from "./use-live";
import styles from "./sign-out.module.css";

export function SignOut() {
  const { signOut } = useChat();
  const { conversations } = useConversations();
  const [state, setState] = useState<"idle" | "asking" | "leaving">("idle");
  const unsent = conversations.filter((conversation) => conversation.unsent > 0);

  async function leave() {
    setState("leaving");
    await signOut();
  }

  return (
    <div>
      <Button onClick={() => setState("asking")}>Sign out</Button>
      {state !== "idle" && (
        <Dialog title="Sign out?" onClose={() => setState((now) => (now === "leaving" ? now : "idle"))}>
          {unsent.length > 0 && (
            <p className={styles.warning}>
              What you wrote to {namesOf(unsent)} has not been sent yet. If you sign out now, it is lost.
            </p>
          )}
          <p>
            Everything Parley keeps on this device is removed from it. Your conversations stay on the server
            and come back when you sign in again.
          </p>
          <div className={styles.actions}>
            <Button onClick={() => setState("idle")}>Stay</Button>
            <Button look="danger" busy={state === "leaving"} onClick={() => void leave()}>
              {unsent.length > 0 ? "Sign out and lose it" : "Sign out"}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

const namesOf = (conversations: readonly ConversationView[]): string =>
  new Intl.ListFormat("en").format(conversations.map(({ peer }) => peer.name));
