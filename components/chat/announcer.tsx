"use client";

import { useState } from "react";
import type { TimelineView } from "../../core/client/views";
import { Hidden } from "../ui/hidden";
import { announcementOf, newestOfOther } from "./announcement";
import { useConnection } from "./use-live";

/**
 * Says what comes in, once, politely. The list itself is silent: a virtual list adds and removes rows while it
 * is scrolled, and all of them would be read out.
 */
export function Announcer({ timeline: { entries, peer } }: { readonly timeline: TimelineView }) {
  const isLive = useConnection().is === "live";
  const newest = newestOfOther(entries);
  const [said, setSaid] = useState({ upTo: newest, words: "" });
  // What is caught up with on opening is there to be read; only what comes in while one looks is said.
  if (newest > said.upTo)
    setSaid({ upTo: newest, words: isLive ? announcementOf(entries, said.upTo, peer.name) : "" });

  return (
    <div role="status">
      {/* A new element each time: the same words twice are said twice. */}
      <Hidden key={said.upTo}>{said.words}</Hidden>
    </div>
  );
}
