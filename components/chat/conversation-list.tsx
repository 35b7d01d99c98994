"use client";

import { useEffect, useRef, useState, type RefObject } from "react";
import type { Handle } from "../../core/domain/ids";
import { useNow } from "../browser/use-now";
import { ScreenLink } from "../browser/screen-link";
import { Avatar } from "../ui/avatar";
import { IconButton } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { Logo } from "../ui/logo";
import { Spinner } from "../ui/spinner";
import { useChat } from "./chat-context";
import { ConversationRow } from "./conversation-row";
import { ListSkeleton } from "./chat-skeleton";
import { SETTINGS_PATH, pathOf } from "./screens";
import { ShareLink } from "./share-link";
import { StartConversation } from "./start-conversation";
import { notKeptSentence } from "./storage-sentences";
import { useConversations, useMe, useStorage } from "./use-live";
import styles from "./conversation-list.module.css";

/** "10:32" becomes "Yesterday" without anyone doing anything. */
const NOW_EVERY_MS = 60_000;

export function ConversationList({ open }: { readonly open: Handle | undefined }) {
  const { conversations, loaded } = useConversations();
  const now = useNow(NOW_EVERY_MS);
  const [starting, setStarting] = useState(false);
  const pane = useRef<HTMLElement>(null);
  useReturnTo(open, pane);

  return (
    <nav ref={pane} className={styles.pane} aria-label="Conversations">
      <ListHeader onStart={() => setStarting(true)} />
      <div className={styles.scroller}>
        {loaded ? (
          <ul className={styles.list}>
            {conversations.map((conversation) => (
              <li key={conversation.conversation}>
                <ConversationRow
                  conversation={conversation}
                  current={conversation.peer.handle === open}
                  now={now}
                />
              </li>
            ))}
          </ul>
        ) : (
          <ListSkeleton />
        )}
        {loaded && conversations.length === 0 && <EmptyList />}
        <More />
      </div>
      <NotKept />
      {starting && (
        <Dialog title="New conversation" onClose={() => setStarting(false)}>
          <StartConversation onOpened={() => setStarting(false)} />
        </Dialog>
      )}
    </nav>
  );
}

/** Back from a conversation, the focus is on its row, from where Tab goes on. */
function useReturnTo(open: Handle | undefined, pane: RefObject<HTMLElement | null>) {
  const last = useRef(open);
  useEffect(() => {
    const left = last.current;
    last.current = open;
    if (left && !open) pane.current?.querySelector<HTMLElement>(`a[href="${pathOf(left)}"]`)?.focus();
  }, [open, pane]);
}

function ListHeader({ onStart }: { readonly onStart: () => void }) {
  const me = useMe();
  return (
    <header className={styles.header}>
      <Logo size={30} />
      <h1 className={styles.title}>Parley</h1>
      <IconButton label="New conversation" onClick={onStart}>
        <Icon name="compose" />
      </IconButton>
      <ScreenLink href={SETTINGS_PATH} className={styles.me} aria-label="Settings" title="Settings">
        {me.is === "known" ? (
          <Avatar name={me.me.name} seed={me.me.user} size="small" />
        ) : (
          <span className={styles.nobody} />
        )}
      </ScreenLink>
    </header>
  );
}

/** Where there is no second pane, this is where a newcomer arrives. */
function EmptyList() {
  const me = useMe();
  return (
    <div className={styles.empty}>
      <h2 className={styles.emptyTitle}>Nobody here yet</h2>
      <div className={styles.onlyPane}>
        <p className={styles.emptyText}>Enter the handle of the person you want to write to.</p>
        <StartConversation />
      </div>
      <p className={styles.emptyText}>Send your link to somebody, and they can write to you.</p>
      {me.is === "known" && <ShareLink handle={me.me.handle} />}
    </div>
  );
}

/** Fetches the next page of the list when its end comes near. */
function More() {
  const { client } = useChat();
  const { hasMore } = useConversations();
  const end = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!hasMore || !end.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && void client.loadMore(), {
      rootMargin: "400px",
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  });

  if (!hasMore) return null;
  return (
    <div ref={end} className={styles.more}>
      <Spinner label="Loading more conversations" />
    </div>
  );
}

function NotKept() {
  const storage = useStorage();
  if (storage.is === "kept") return null;
  return (
    <p className={styles.notKept} role="status">
      <Icon name="alert" size={18} />
      {notKeptSentence(storage.why)}
    </p>
  );
}
