"use client";

import { useState } from "react";
import type { TimelineView } from "../../core/client/views";
import type { Seq } from "../../core/domain/ids";
import { useVisible } from "../browser/use-visible";
import { fixLine, lineAt, lookAway, type UnreadLine } from "./unread-line";
import { useConnection } from "./use-live";

export function useUnreadLine(timeline: TimelineView): Seq | undefined {
  const [line, setLine] = useState<UnreadLine>({ is: "opening" });
  const isLive = useConnection().is === "live";
  const visible = useVisible();

  const next = !visible ? lookAway(line, timeline) : isLive ? fixLine(line, timeline) : line;
  if (next !== line) setLine(next);
  return lineAt(next, timeline);
}
