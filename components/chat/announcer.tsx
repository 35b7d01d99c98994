"use client";

import { useState } from "react";
import type { TimelineView } from "../../core/client/views";
import { Hidden } from "../ui/hidden";
import { announcementOf, changeOf, newestOfOther } from "./announcement";
import { useConnection, useConversations } from "./use-live";

/**
 * Says what comes in, once, politely. The list itself is silent: a virtual list adds and removes rows while it
 * is scrolled, and all of them would be read out.
 */
export function Announcer({ timeline }: { readonly timeline: TimelineView }) {
  const { entries, peer, conversation } = timeline;
  const isLive = useConnection().is === "live";
  const last = useConversations().conversations.find((one) => one.conversation === conversation)?.last;
  const newest = newestOfOther(entries);
  const [said, setSaid] = useState({ number: 0, upTo: newest, last: last?.id, words: "" });
  // What is caught up with on opening is there to be read; only what comes in while one looks is said.
  if (newest > said.upTo || last?.id !== said.last) {
    const fresh =
      newest > said.upTo ? announcementOf(entries, said.upTo, peer.name) : changeOf(last, peer.name);
    const met = { upTo: newest, last: last?.id };
    // What is being said is not cut off by what is not to be said.
    setSaid(fresh && isLive ? { ...met, number: said.number + 1, words: fresh } : { ...said, ...met });
  }

  return (
    <div role="status">
      {/* A new element each time: the same words twice are said twice. */}
      <Hidden key={said.number}>{said.words}</Hidden>
    </div>
  );
}
