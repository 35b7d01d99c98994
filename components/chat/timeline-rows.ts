// What the list of messages draws: one row an entry, with the day above the first of a day, the line above the
// first unread, and messages of one person within a minute drawn as one group. A row carries its dividers, so
// the number of rows is the number of entries and older ones can be put in front without a jump.

import type { EntryView } from "../../core/client/views";
import type { Seq } from "../../core/domain/ids";

export type TimelineRow = {
  readonly key: string;
  readonly entry: EntryView;
  /** Midnight, here, of the day that begins with this entry. */
  readonly day?: number;
  readonly unreadLine: boolean;
  readonly startsGroup: boolean;
  readonly endsGroup: boolean;
};

/** Messages of one person further apart than this are not one group. */
const GROUP_MS = 60_000;

export function timelineRows(entries: readonly EntryView[], lineAt: Seq | undefined): readonly TimelineRow[] {
  const days = entries.map(({ at }) => dayOf(at));
  const isOneGroup = (index: number): boolean => {
    const [one, next] = [entries[index], entries[index + 1]];
    if (one?.kind !== "message" || next?.kind !== "message") return false;
    return one.from === next.from && next.at - one.at < GROUP_MS && days[index] === days[index + 1];
  };
  return entries.map((entry, index) => {
    const day = days[index] === days[index - 1] ? undefined : days[index];
    const unreadLine = lineAt !== undefined && entry.seq === lineAt;
    return {
      key: entryKeyOf(entry),
      entry,
      ...(day === undefined ? {} : { day }),
      unreadLine,
      startsGroup: unreadLine || !isOneGroup(index - 1),
      endsGroup: !isOneGroup(index) || (lineAt !== undefined && entries[index + 1]?.seq === lineAt),
    };
  });
}

export const entryKeyOf = ({ from, id }: Pick<EntryView, "from" | "id">): string => `${from} ${id}`;

export const dayOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
