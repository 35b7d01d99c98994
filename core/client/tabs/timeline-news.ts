// What changed in a timeline, so that a tab that shows a thousand messages is not told all of them for a tick.

import type { Timeline } from "../timeline";
import type { TimelineNews } from "./tab-messages";

/** From the one that was told last; none: everything is news. */
export function newsOf(before: Timeline | undefined, now: Timeline): TimelineNews {
  const told = before?.entries ?? [];
  const { entries } = now;
  if (told === entries) return { ...now, at: 0, cut: 0, entries: [] };
  const most = Math.min(told.length, entries.length);
  let at = 0;
  while (at < most && told[at] === entries[at]) at += 1;
  let kept = 0;
  while (kept < most - at && told[told.length - 1 - kept] === entries[entries.length - 1 - kept]) kept += 1;
  return { ...now, at, cut: told.length - at - kept, entries: entries.slice(at, entries.length - kept) };
}

/** What was not told stays the very same objects: screens draw only what changed. */
export function withNews(
  before: Timeline | undefined,
  { at, cut, entries, ...news }: TimelineNews,
): Timeline {
  const had = before?.entries ?? [];
  if (cut === 0 && entries.length === 0) return { ...news, entries: had };
  return { ...news, entries: [...had.slice(0, at), ...entries, ...had.slice(at + cut)] };
}
