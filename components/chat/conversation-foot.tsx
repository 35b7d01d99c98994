"use client";

import { flushSync } from "react-dom";
import type { MessageView, TimelineView } from "../../core/client/views";
import { Button } from "../ui/button";
import { useChat } from "./chat-context";
import { Composer } from "./composer";
import { useDesk, type Editing } from "./desk";
import { EditComposer } from "./edit-composer";
import { actsOn } from "./message-acts";
import styles from "./composer.module.css";

type ConversationFootProps = {
  readonly timeline: TimelineView;
  readonly editing: Editing | undefined;
};

/** Where one writes, or why one does not. */
export function ConversationFoot({ timeline, editing }: ConversationFootProps) {
  const desk = useDesk();
  const { conversation, closed } = timeline;
  if (closed) return <Closed timeline={timeline} />;
  if (editing)
    return (
      <EditComposer
        key={editing.message.id}
        conversation={conversation}
        message={editing.message}
        onEnd={() => {
          flushSync(() => desk.edit(undefined));
          editing.at?.focus({ preventScroll: true });
        }}
      />
    );
  return (
    <Composer
      key={conversation}
      conversation={conversation}
      onEditLast={() => {
        const message = lastOwn(timeline);
        if (message) desk.edit({ message });
      }}
    />
  );
}

function lastOwn({ entries, closed }: TimelineView): MessageView | undefined {
  const now = Date.now();
  const own = entries.filter((entry): entry is MessageView => entry.kind === "message" && entry.mine);
  return own.filter((message) => actsOn(message, { closed, now }).includes("edit")).at(-1);
}

function Closed({ timeline: { conversation, blocked, peer } }: { readonly timeline: TimelineView }) {
  const { client } = useChat();
  if (!blocked)
    return <p className={styles.closed}>This conversation is closed. You can read it, but not write.</p>;
  return (
    <div className={styles.closed}>
      <p>
        You have blocked <bdi>{peer.name}</bdi>. Neither of you can write here.
      </p>
      <Button size="small" onClick={() => void client.unblock(conversation)}>
        Unblock
      </Button>
    </div>
  );
}
