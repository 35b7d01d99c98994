// Whether the day was lived as it is defined. A day on which messages fail, or nobody is told that they were read, would
// be a cheap one. Expected is what the day's definition says and no earlier output; what there is more of, a call that
// a busy machine made twice, is the budget's matter.

import type { Usage } from "../../local/meter/usage";
import type { Json } from "../../local/template/json";
import { recordAt, textAt } from "../../local/template/json";
import type { DAY } from "./day";

/** As the engine writes them, of the conversation's log and its members' inbox rows. */
export type Kept = { readonly entries: readonly Json[]; readonly rows: readonly Json[] };

/** Sentences about what has not happened, or not as often; none of a day that is worth a price. */
export function missingFrom(usage: Usage, kept: Kept, day: typeof DAY): readonly string[] {
  const meant = day.messagesEach * day.people;
  const together = day.togetherEach * day.people;
  const comings = day.sessions * day.people;
  // Whoever comes first finds the other away, and leaves while the other is there.
  const met = day.sessions;
  const posts = (cause: string) => framesOf(usage, "@connections", cause);
  return [
    atLeast("messages were stored", callsOf(usage, "PutItem", "Log"), meant),
    atLeast("messages were pushed to somebody who was there", posts("send"), together),
    // Each message of the two who are there, and all at once of what was written alone: Grace finds some every time;
    // Ada, from the second session on, and nobody is told of that, for Grace has gone.
    atLeast("marks were told", framesOf(usage, "mark", "mark"), together + met + (day.sessions - 1)),
    atLeast("marks were pushed", posts("mark"), together + met),
    atLeast("typing states were told", framesOf(usage, "typing", "typing"), together),
    atLeast("typing states were pushed", posts("typing"), together),
    atLeast("comings were pushed", posts("hello"), met),
    atLeast("goings were pushed", posts("$disconnect"), met),
    atLeast("sockets were opened", runsOf(usage, "$connect"), comings),
    exactly("inbox rows were bumped", bumpsIn(usage), day.sessions * day.people),
    ...unreadIn(kept, day.unreadAtTheEnd),
  ].flatMap((sentence) => sentence ?? []);
}

const atLeast = (what: string, found: number, meant: number): string | undefined =>
  found < meant ? `${found} of ${meant} ${what}` : undefined;

const exactly = (what: string, found: number, meant: number): string | undefined =>
  found === meant ? undefined : `${found} ${what}, and not ${meant}`;

const framesOf = ({ frames }: Usage, route: string, cause: string): number =>
  frames
    .filter((frame) => frame.route === route && frame.cause === cause)
    .reduce((sum, { count }) => sum + count, 0);

const runsOf = ({ runs }: Usage, cause: string): number =>
  runs.filter((run) => run.cause === cause).reduce((sum, { requests }) => sum + requests, 0);

const callsOf = ({ database }: Usage, action: string, table: string): number =>
  database
    .filter((use) => use.action === action && use.table === table)
    .reduce((sum, { calls, failed }) => sum + calls - failed, 0);

/** A write to the index is part of the write to its table. */
const bumpsIn = ({ database }: Usage): number =>
  database
    .filter(({ cause, table, index }) => cause === "send" && table === "Inbox" && index === undefined)
    .reduce((sum, { calls, failed }) => sum + calls - failed, 0);

/** How much of what the other wrote stands above each one's `read`: fewest first. */
function unreadIn({ entries, rows }: Kept, meant: readonly number[]): readonly string[] {
  const unread = rows.map((row) => {
    const user = textAt(recordAt(row, "user"), "S");
    const theirs = entries.filter((entry) => textAt(recordAt(entry, "from"), "S") !== user);
    return theirs.filter((entry) => numberAt(entry, "seq") > numberAt(row, "read")).length;
  });
  const found = unread.sort((one, other) => one - other).join(" and ");
  const expected = meant.join(" and ");
  return found === expected ? [] : [`${found} messages are left unread, and not ${expected}`];
}

const numberAt = (item: Json, name: string): number => Number(textAt(recordAt(item, name), "N") ?? 0);
