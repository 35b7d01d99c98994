"use client";

import { useLayoutEffect, useState, type KeyboardEvent } from "react";
import type { ConversationId } from "../../core/domain/ids";
import { navigate } from "../browser/navigate";
import { useChat } from "./chat-context";
import { Announcer } from "./announcer";
import { Composer } from "./composer";
import { ConversationHeader } from "./conversation-header";
import { MessageList } from "./message-list";
import { LIST_PATH } from "./screens";
import { useTimeline } from "./use-live";
import styles from "./conversation-screen.module.css";

export function ConversationScreen({ conversation }: { readonly conversation: ConversationId }) {
  const { client } = useChat();
  const timeline = useTimeline(conversation);
  const [looking, setLooking] = useState(false);
  const known = timeline !== undefined;

  // Before the first drawing: where the person had stopped reading is fixed at this moment.
  useLayoutEffect(() => {
    if (!known) return;
    client.look(conversation);
    setLooking(true);
    return () => client.look(undefined);
  }, [client, conversation, known]);

  if (!timeline || !looking) return <ConversationSkeleton />;
  return (
    <section
      className={styles.screen}
      aria-label={`Conversation with ${timeline.peer.name}`}
      onKeyDown={leaveByEscape}
    >
      <ConversationHeader timeline={timeline} />
      <MessageList timeline={timeline} />
      <Composer timeline={timeline} />
      <Announcer timeline={timeline} />
    </section>
  );
}

function leaveByEscape(event: KeyboardEvent): void {
  if (event.key === "Escape" && !event.defaultPrevented && !event.nativeEvent.isComposing)
    navigate(LIST_PATH);
}

/** The bar and the composer stand where they will stand. */
export function ConversationSkeleton() {
  return (
    <div className={styles.screen} aria-busy="true">
      <div className={styles.bar} />
      <div />
      <div className={styles.foot} />
    </div>
  );
}
