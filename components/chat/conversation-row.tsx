"use client";

import { memo } from "react";
import type { ConversationView } from "../../core/client/views";
import { ScreenLink } from "../browser/screen-link";
import { Avatar } from "../ui/avatar";
import { Hidden } from "../ui/hidden";
import { pathOf } from "./screens";
import { previewOf } from "./preview";
import { Ticks } from "./ticks";
import { fullTimeOf, shortTimeOf } from "./times";
import styles from "./conversation-row.module.css";

type ConversationRowProps = {
  readonly conversation: ConversationView;
  readonly current: boolean;
  readonly now: number;
};

export const ConversationRow = memo(function ConversationRow({
  conversation: { peer, activeAt, unread, last, peerTyping },
  current,
  now,
}: ConversationRowProps) {
  return (
    <ScreenLink
      href={pathOf(peer.handle)}
      className={styles.row}
      aria-current={current ? "page" : undefined}
      data-unread={unread > 0 || undefined}
    >
      <Avatar name={peer.name} seed={peer.user} />
      <span className={styles.name} dir="auto">
        {peer.name}
      </span>
      <time className={styles.time} dateTime={new Date(activeAt).toISOString()} title={fullTimeOf(activeAt)}>
        {shortTimeOf(activeAt, now)}
      </time>
      <span className={styles.preview}>
        {peerTyping ? (
          <span className={styles.typing}>typing…</span>
        ) : (
          <Preview last={last} handle={peer.handle} />
        )}
      </span>
      {unread > 0 && (
        <span className={styles.unread}>
          {unread > 999 ? "999+" : unread}
          <Hidden> unread</Hidden>
        </span>
      )}
    </ScreenLink>
  );
});

function Preview({ last, handle }: { readonly last: ConversationView["last"]; readonly handle: string }) {
  if (!last) return <span className={styles.text}>@{handle}</span>;
  if (last.kind !== "message")
    return (
      <span className={styles.text} dir="auto">
        {previewOf(last)}
      </span>
    );
  return (
    <>
      {last.progress && <Ticks progress={last.progress.is} />}
      <span className={styles.text} dir="auto">
        {last.text}
      </span>
    </>
  );
}
