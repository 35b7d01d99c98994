// What the pages told, as a history that the checker reads. A page draws an id and a text; where that id stands is
// looked up in the final log, so a line that is drawn as sent and is in no log stands nowhere, which breaks the order.
// What one has sent oneself is drawn at the end until what stands before it has come.

import type { Happening, HistoryEvent, LogEntry, Shown } from "../history/event";
import { spliceOf } from "../history/view-diff";
import type { TabTold } from "./seat";
import type { Row } from "./told";

export type Sent = {
  readonly op: number;
  readonly tab: string;
  readonly text: string;
};

type Material = {
  readonly conversation: string;
  readonly users: ReadonlyMap<string, string>;
  readonly log: readonly LogEntry[];
  /** What the test's half has seen and done. */
  readonly events: readonly HistoryEvent[];
  readonly told: readonly TabTold[];
  readonly sent: readonly Sent[];
};

const NOWHERE = -1;
const PENDING = ["waiting", "failed"];

export function historyOf(material: Material): readonly HistoryEvent[] {
  const pages = toldInOrder(material);
  const all = [...material.events.map((event) => [event]), ...pages].flat();
  // Of one moment the order in which they were told; the log and the end of all were told last.
  return all
    .map((event, index) => ({ event, index }))
    .sort((one, other) => one.event.at - other.event.at || one.index - other.index)
    .map(({ event }) => event);
}

function toldInOrder({ conversation, users, log, told, sent }: Material): readonly HistoryEvent[][] {
  const seqs = new Map(log.map(({ from, id, seq }) => [`${from} ${id}`, seq]));
  const views = new Map<string, readonly Shown[]>();
  const begun = new Set<string>();
  let looks = 0;
  const answered = new Set<number>();
  const known = new Map<string, Shown>();

  /** Lines that look as before are the same objects. */
  const shownOf = (row: Row, index: number, rows: readonly Row[]): Shown => {
    const drawn = drawnAs(row, seqs.get(row.key), rows.slice(index + 1).every(isPending));
    const same = JSON.stringify(drawn);
    const before = known.get(same) ?? drawn;
    known.set(same, before);
    return before;
  };
  const accepted = (tab: string, id: string, text: string): readonly Happening[] =>
    sent.flatMap((one) => {
      if (one.tab !== tab || one.text !== text || answered.has(one.op)) return [];
      answered.add(one.op);
      return [{ is: "answered", op: one.op, answer: "ok", id } as const];
    });
  const happened = (one: TabTold): readonly Happening[] => {
    const { tab, profile } = one;
    switch (one.is) {
      case "begun": {
        const store = begun.has(profile) ? "kept" : "new";
        begun.add(profile);
        views.delete(tab);
        return [{ is: "tab", tab, profile, user: users.get(profile) ?? "", store }];
      }
      case "up":
      case "heard":
        return [{ is: one.is, tab, socket: one.socket, text: one.text }];
      case "kept":
        return accepted(tab, one.id, one.text);
      case "stored":
        return [{ is: "stored", profile, conversation: one.conversation, upTo: one.upTo }];
      case "shows": {
        const entries = inPlaces(one.rows.map(shownOf), users.get(profile) ?? "", log);
        const splice = spliceOf(views.get(tab) ?? [], entries);
        views.set(tab, entries);
        const { typing } = one;
        const view = { is: "view", tab, conversation, ...splice, unread: 0, typing, closed: false } as const;
        // The page is in front of somebody, who reads it.
        const seq = entries.reduce((highest, entry) => Math.max(highest, entry.seq ?? 0), 0);
        const seen = { is: "op", op: (looks -= 1), tab, what: "shown", conversation, seq } as const;
        return [view, ...(seq > 0 ? [seen] : [])];
      }
      default:
        return one satisfies never;
    }
  };
  const inOrder = [...told].sort((one, other) => one.at - other.at);
  return inOrder.map((one) => happened(one).map((happening) => ({ at: one.at, ...happening })));
}

/** Own lines behind a gap have no place yet. Whatever else is not in the order of the log stays as it is drawn. */
function inPlaces(entries: readonly Shown[], me: string, log: readonly LogEntry[]): readonly Shown[] {
  const ranks = new Map(log.map(({ seq }, index) => [seq, index]));
  const placed = entries.flatMap(({ seq }) => (seq === undefined ? [] : [ranks.get(seq) ?? NOWHERE]));
  const isRising = placed.every((rank, index) => index === 0 || rank > (placed[index - 1] ?? NOWHERE));
  const last = placed.findIndex((rank, index) => (placed[index + 1] ?? rank + 1) !== rank + 1);
  if (!isRising || last < 0) return entries;
  const gap = entries.findIndex(({ seq }) => seq !== undefined && ranks.get(seq) === placed[last + 1]);
  if (entries.slice(gap).some(({ from }) => from !== me)) return entries;
  return entries.map((entry, index) => (index < gap ? entry : placeless(entry)));
}

const placeless = ({ seq: _, ...entry }: Shown): Shown => entry;

const isPending = ({ tick }: Row): boolean => tick !== undefined && PENDING.includes(tick);

/** A message without a place stands at the end. A waiting message above others has its place: only its disk is late. */
function drawnAs(row: Row, seq: number | undefined, isAtEnd: boolean): Shown {
  const { key, text, tick } = row;
  const [from = "", id = ""] = key.split(" ");
  return {
    id,
    from,
    kind: text === undefined ? "deleted" : "message",
    ...(text !== undefined && { text }),
    ...(!(isPending(row) && isAtEnd) && { seq: seq ?? NOWHERE }),
    // The words of the page are those of the client's view.
    ...(tick !== undefined && { tick: tick as NonNullable<Shown["tick"]> }),
  };
}
