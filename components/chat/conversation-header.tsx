"use client";

import type { TimelineView } from "../../core/client/views";
import { arriveAt } from "../browser/arrival";
import { ScreenLink } from "../browser/screen-link";
import { useNow } from "../browser/use-now";
import { Avatar } from "../ui/avatar";
import { Icon } from "../ui/icon";
import { ConversationMenu } from "./conversation-menu";
import { useKnownPresence } from "./known-presence";
import { LIST_PATH } from "./screens";
import { lastSeen } from "./times";
import { useConversations } from "./use-live";
import styles from "./conversation-header.module.css";

export function ConversationHeader({ timeline }: { readonly timeline: TimelineView }) {
  const { peer, peerPresence } = timeline;
  return (
    <header className={styles.header}>
      <BackLink unreadHere={timeline.unread} />
      <Avatar name={peer.name} seed={peer.user} size="small" dot={peerPresence?.is === "online"} />
      <div className={styles.who}>
        <h1 className={styles.name} tabIndex={-1} ref={arriveAt}>
          <bdi>{peer.name}</bdi>
        </h1>
        <p className={styles.state}>
          <PeerState timeline={timeline} />
        </p>
      </div>
      <ConversationMenu timeline={timeline} />
    </header>
  );
}

/** With how many are unread in the other conversations. */
function BackLink({ unreadHere }: { readonly unreadHere: number }) {
  const elsewhere = useConversations().unreadTotal - unreadHere;
  return (
    <ScreenLink
      href={LIST_PATH}
      className={styles.back}
      aria-label={elsewhere > 0 ? `All conversations, ${elsewhere} unread` : "All conversations"}
    >
      <Icon name="back" size={24} />
      {elsewhere > 0 && <span className={styles.elsewhere}>{elsewhere}</span>}
    </ScreenLink>
  );
}

function PeerState({ timeline }: { readonly timeline: TimelineView }) {
  const now = useNow(30_000);
  const presence = useKnownPresence(timeline, now);
  if (timeline.peerTyping) return <span className={styles.lively}>typing…</span>;
  if (presence?.is === "online") return "online";
  if (presence?.is === "offline" && presence.lastSeenAt !== undefined)
    return `last seen ${lastSeen(presence.lastSeenAt, now)}`;
  return `@${timeline.peer.handle}`;
}
