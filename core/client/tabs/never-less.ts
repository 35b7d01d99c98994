// A new leader tab may know less than a follower tab shows, because the leader before told the follower more and was
// closed. Entries and ticks on a screen stay there; the new leader learns of them from the server.

import type { Seq, UserId } from "../../domain/ids";
import type { Pending } from "../outbox";
import { firstLoaded, max, meet, raised, type Timeline } from "../timeline";

/** Merges the leader tab's timeline into ours, keeping entries that are on screen here but missing there. */
export function neverLess(shown: Timeline | undefined, told: Timeline, me: UserId): Timeline {
  if (!shown) return told;
  const placed = { ...told, pending: withPlaces(shown.pending, told.pending) };
  const isAbove = shown.kept.cursor > told.kept.cursor && firstLoaded(shown) <= told.kept.cursor + 1;
  const above = isAbove ? shown.entries.filter(({ seq }) => seq > told.kept.cursor) : [];
  const { timeline } = isAbove ? meet(placed, me, above) : { timeline: placed };
  const theirs = raised(timeline.kept.theirs, shown.kept.theirs);
  const mine = raised(timeline.kept.mine, shown.kept.mine);
  const unsavedPlaces = withoutShown(shown, timeline.unsavedPlaces);
  const savedTheirs = raised(told.savedTheirs, shown.savedTheirs);
  const merged = { ...timeline, unsavedPlaces, savedTheirs };
  if (timeline === placed && theirs === told.kept.theirs && mine === told.kept.mine)
    return isAsTold(merged, told) ? told : merged;
  const tallyAtRead = mine === timeline.kept.mine ? timeline.kept.tallyAtRead : shown.kept.tallyAtRead;
  const tail = max(timeline.kept.tail, shown.kept.tail);
  return { ...merged, kept: { ...timeline.kept, theirs, mine, tallyAtRead, tail } };
}

const isAsTold = (merged: Timeline, told: Timeline): boolean =>
  merged.pending === told.pending &&
  merged.unsavedPlaces === told.unsavedPlaces &&
  merged.savedTheirs === told.savedTheirs;

/** A message that this tab has shown as sent was on the disk, even if the new leader read the disk before that. */
function withoutShown(shown: Timeline, told: readonly Seq[]): readonly Seq[] {
  if (told.length === 0) return told;
  const places = [...shown.entries, ...shown.pending.flatMap(({ place }) => place ?? [])];
  const sent = new Set(places.map(({ seq }) => seq));
  for (const seq of shown.unsavedPlaces) sent.delete(seq);
  return told.some((seq) => sent.has(seq)) ? told.filter((seq) => !sent.has(seq)) : told;
}

/** A message that this tab has shown as sent must not wait again. */
function withPlaces(shown: readonly Pending[], told: readonly Pending[]): readonly Pending[] {
  const placed = new Map(shown.flatMap((one) => (one.place ? [[one.item.id, one.place] as const] : [])));
  if (placed.size === 0 || told.every(({ item, place }) => place || !placed.has(item.id))) return told;
  return told.map((one) => {
    const place = one.place ?? placed.get(one.item.id);
    return place ? { ...one, place } : one;
  });
}
