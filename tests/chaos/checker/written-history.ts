// Histories written by hand, for the tests of the checker: Ada and Grace say two things to each other and all is well.

import { directConversation } from "../../../core/domain/conversation";
import { isUserId, type UserId } from "../../../core/domain/ids";
import type { Happening, History, HistoryEvent, LogEntry, Shown } from "../history/event";

function user(text: string): UserId {
  if (!isUserId(text)) throw new RangeError(`unable to write a history; ${text} is no user`);
  return text;
}

export const ADA = user("00000000-0000-4000-8000-00000000000a");
export const GRACE = user("00000000-0000-4000-8000-00000000000b");
export const CAROL = user("00000000-0000-4000-8000-00000000000c");
export const TALK = directConversation(ADA, GRACE);
export const ELSEWHERE = directConversation(ADA, CAROL);

export const HI: LogEntry = { seq: 1, id: "ada-00001", from: ADA, kind: "message", text: "hi" };
export const YES: LogEntry = { seq: 2, id: "grace-00001", from: GRACE, kind: "message", text: "yes?" };

/** Each event a second after the one before, unless it says when. */
export const history = (...happenings: readonly (Happening & { readonly at?: number })[]): History => {
  let at = 0;
  return happenings.map((happening): HistoryEvent => ({
    ...happening,
    at: (at = happening.at ?? at + 1_000),
  }));
};

export const frame = (of: object): string => JSON.stringify(of);

export const placed = ({ seq, id, from, text }: LogEntry): Shown => ({
  seq,
  id,
  from,
  kind: "message",
  ...(text && { text }),
});
export const pending = (id: string, text: string): Shown => ({
  id,
  from: ADA,
  kind: "message",
  text,
  tick: "waiting",
});
export const ticked = (entry: LogEntry, tick: NonNullable<Shown["tick"]>): Shown => ({
  ...placed(entry),
  tick,
});

type Change = {
  readonly from?: number;
  readonly cut?: number;
  readonly closed?: boolean;
  readonly typing?: boolean;
};

export const view = (tab: string, entries: readonly Shown[], change: Change = {}): Happening => ({
  is: "view",
  tab,
  conversation: TALK,
  from: 0,
  cut: 0,
  entries,
  unread: 0,
  typing: false,
  closed: false,
  ...change,
});

export const cast: readonly Happening[] = [
  { is: "begin", layer: "simulation", subject: "parley", seed: 1 },
  { is: "person", user: ADA, handle: "ada" },
  { is: "person", user: GRACE, handle: "grace" },
  { is: "tab", tab: "ada-1", profile: "ada-1", user: ADA, store: "new" },
  { is: "tab", tab: "grace-1", profile: "grace-1", user: GRACE, store: "new" },
];

export const log = (...entries: readonly LogEntry[]): Happening => ({
  is: "log",
  conversation: TALK,
  entries,
});

export const says = (op: number, tab: string, entry: LogEntry): readonly Happening[] => [
  { is: "op", op, tab, what: "send", conversation: TALK, text: entry.text ?? "" },
  { is: "answered", op, answer: "ok", id: entry.id },
];

export const answered = (tab: string, entry: Pick<LogEntry, "id" | "seq">): readonly Happening[] => [
  { is: "up", tab, socket: "S1", text: frame({ action: "send", ref: "1", conversation: TALK, entries: [] }) },
  {
    is: "heard",
    tab,
    socket: "S1",
    text: frame({ type: "ok", ref: "1", appended: [{ id: entry.id, seq: entry.seq }] }),
  },
];

export const told = (tab: string, { text, ...entry }: LogEntry, conversation: string = TALK): Happening => ({
  is: "heard",
  tab,
  socket: "S2",
  text: frame({ type: "entries", entries: [{ ...entry, conversation, body: { text } }] }),
});

export const rest: Happening = { is: "rest", whole: true, healedMs: 1_000, looked: {} };

/** All of it goes well. */
export const fine: readonly Happening[] = [
  ...cast,
  ...says(1, "ada-1", HI),
  view("ada-1", [pending(HI.id, "hi")]),
  ...answered("ada-1", HI),
  view("ada-1", [ticked(HI, "sent")], { cut: 1 }),
  told("grace-1", HI),
  view("grace-1", [placed(HI)]),
  { is: "stored", profile: "grace-1", conversation: TALK, upTo: 1 },
  { is: "watermarks", user: GRACE, conversation: TALK, delivered: 1, read: 0 },
  view("ada-1", [ticked(HI, "delivered")], { cut: 1 }),
  ...says(2, "grace-1", YES),
  view("grace-1", [ticked(YES, "sent")], { from: 1 }),
  told("ada-1", YES),
  view("ada-1", [placed(YES)], { from: 1 }),
  rest,
  log(HI, YES),
  { is: "inbox", user: GRACE, conversation: TALK, delivered: 1, read: 0 },
  { is: "outbox", profile: "ada-1", items: [] },
  { is: "ghosts", user: ADA, sockets: [] },
];
