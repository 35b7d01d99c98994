"use client";

import { useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import type { ConversationId } from "../../core/domain/ids";
import { navigate } from "../browser/navigate";
import { useChat } from "./chat-context";
import { Announcer } from "./announcer";
import { ConversationFoot } from "./conversation-foot";
import { ConversationHeader } from "./conversation-header";
import { DeskContext } from "./desk";
import { DeskTop } from "./desk-top";
import { MessageList } from "./message-list";
import { LIST_PATH } from "./screens";
import { useDeskState } from "./use-desk-state";
import { useTimeline } from "./use-live";
import styles from "./conversation-screen.module.css";

export function ConversationScreen({ conversation }: { readonly conversation: ConversationId }) {
  const { client } = useChat();
  const timeline = useTimeline(conversation);
  const [looking, setLooking] = useState(false);
  const desk = useDeskState(conversation);
  const screen = useRef<HTMLElement>(null);
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
    <DeskContext value={desk.desk}>
      <section
        ref={screen}
        className={styles.screen}
        aria-label={`Conversation with ${timeline.peer.name}`}
        onKeyDown={leaveByEscape}
      >
        <ConversationHeader timeline={timeline} />
        <MessageList timeline={timeline} onLeave={() => screen.current?.querySelector("textarea")?.focus()} />
        <ConversationFoot timeline={timeline} editing={desk.editing} />
        <DeskTop timeline={timeline} {...desk} />
        <Announcer timeline={timeline} />
      </section>
    </DeskContext>
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
