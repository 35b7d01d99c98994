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
  const [state, setState] = useState<"idle" | "asking" | "leaving" | "not wiped">("idle");
  const unsent = conversations.filter((conversation) => conversation.unsent > 0);

  async function leave(options?: { readonly evenIfNotWiped: boolean }) {
    setState("leaving");
    if ((await signOut(options)) === "not wiped") setState("not wiped");
  }

  return (
    <div>
      <Button onClick={() => setState("asking")}>Sign out</Button>
      {state === "not wiped" && (
        <Dialog title="Not everything was removed" onClose={() => setState("idle")}>
          <p className={styles.warning}>
            Parley could not remove everything that it keeps on this device. Close the other tabs of Parley
            and try again. Or sign out now, and remove this site’s data in the settings of the browser.
          </p>
          <div className={styles.actions}>
            <Button onClick={() => void leave()}>Try again</Button>
            <Button look="danger" onClick={() => void leave({ evenIfNotWiped: true })}>
              Sign out now
            </Button>
          </div>
        </Dialog>
      )}
      {(state === "asking" || state === "leaving") && (
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
