import { describe, expect, it } from "vitest";
import type { Happening, LogEntry, Shown } from "../history/event";
import { fromLines, toLines } from "../history/json-lines";
import { check } from "./check";
import { brokenIn, INVARIANT_NAMES, type Invariant } from "./verdict";
import {
  ADA,
  CAROL,
  ELSEWHERE,
  GRACE,
  HI,
  TALK,
  YES,
  answered,
  cast,
  fine,
  frame,
  history,
  log,
  pending,
  placed,
  rest,
  says,
  ticked,
  told,
  view,
} from "./written-history";

type At = Happening & { readonly at?: number };

const closed = (seq: number) => ({ seq, id: `block-${seq}xx`, from: ADA, kind: "closed" });
const SHOWN_CLOSED: Shown = { seq: 3, id: "block-3xx", from: ADA, kind: "closed" };
const LATE = { seq: 3, id: "grace-00002", from: GRACE, kind: "message", text: "wait" };
const socketOf = (what: "asked" | "opened" | "dropped by the client" | "lost", socket = "S1"): Happening => ({
  is: "socket",
  tab: "ada-1",
  user: ADA,
  socket,
  what,
});
const welcome = (socket: string): Happening => ({
  is: "heard",
  tab: "ada-1",
  socket,
  text: frame({ type: "welcome" }),
});
const row = (socket: string, what: "ready" | "gone"): Happening => ({ is: "row", user: ADA, socket, what });
const up = (socket: string): readonly Happening[] => [
  socketOf("asked", socket),
  socketOf("opened", socket),
  row(socket, "ready"),
  welcome(socket),
];
const live: Happening = { is: "line", tab: "ada-1", line: "live" };
const both = [...says(1, "ada-1", HI), ...says(2, "grace-1", YES)];
const blocked = [
  ...cast,
  ...both,
  { is: "op", op: 3, tab: "ada-1", what: "block", conversation: TALK },
  { is: "answered", op: 3, answer: "ok", id: closed(3).id },
] as const;

/** Each breaks one promise and no other. */
const BROKEN: readonly (readonly [Invariant, string, readonly At[]])[] = [
  [
    "I1",
    "an answer names a slot that holds another's",
    [...cast, ...both, ...answered("ada-1", { id: HI.id, seq: 2 }), log(HI, YES)],
  ],
  ["I1", "what a device was told is gone from the log", [...cast, told("grace-1", HI), log()]],
  ["I2", "a message is in the log twice", [...cast, ...says(1, "ada-1", HI), log(HI, { ...HI, seq: 2 })]],
  ["I3", "the log has a hole", [...cast, ...both, log(HI, { ...YES, seq: 3 })]],
  [
    "I4",
    "a view leaves out a line",
    [
      ...cast,
      ...both,
      ...says(3, "grace-1", LATE),
      view("grace-1", [placed(HI), placed(LATE)]),
      log(HI, YES, LATE),
    ],
  ],
  [
    "I4",
    "a view has what waits below what does not",
    [...cast, ...both, view("ada-1", [pending("ada-00009", "hi"), ticked(HI, "sent")]), log(HI, YES)],
  ],
  [
    "I5",
    "two messages stand in the other order",
    [
      ...cast,
      ...says(1, "ada-1", { ...HI, seq: 2 }),
      ...says(2, "ada-1", { ...HI, id: "ada-00002" }),
      log({ ...HI, id: "ada-00002" }, { ...HI, seq: 2 }),
    ],
  ],
  [
    "I6",
    "an answer stands before its question",
    [
      ...cast,
      ...says(1, "ada-1", HI),
      view("grace-1", [placed({ ...HI, seq: 2 })]),
      ...says(2, "grace-1", YES),
      log({ ...YES, seq: 1 }, { ...HI, seq: 2 }),
    ],
  ],
  [
    "I7",
    "a tick goes back",
    [
      ...cast,
      ...says(1, "ada-1", HI),
      { is: "stored", profile: "grace-1", conversation: TALK, upTo: 1 },
      view("ada-1", [ticked(HI, "delivered")]),
      view("ada-1", [ticked(HI, "sent")], { cut: 1 }),
      log(HI),
    ],
  ],
  [
    "I7",
    "delivered is said of what nobody has",
    [...cast, ...says(1, "ada-1", HI), view("ada-1", [ticked(HI, "delivered")]), log(HI)],
  ],
  [
    "I7",
    "a watermark falls",
    [
      ...cast,
      ...both,
      { is: "watermarks", user: ADA, conversation: TALK, delivered: 2, read: 0 },
      { is: "watermarks", user: ADA, conversation: TALK, delivered: 1, read: 0 },
      log(HI, YES),
    ],
  ],
  [
    "I7",
    "somebody has read what is not delivered",
    [...cast, ...both, { is: "inbox", user: ADA, conversation: TALK, delivered: 1, read: 2 }, log(HI, YES)],
  ],
  [
    "I8",
    "a frame reaches a stranger",
    [
      ...cast,
      {
        is: "heard",
        tab: "grace-1",
        socket: "S9",
        text: frame({ type: "marks", conversation: ELSEWHERE, user: CAROL, marks: {} }),
      },
    ],
  ],
  [
    "I8",
    "presence reaches who never met that person",
    [
      ...cast,
      {
        is: "heard",
        tab: "grace-1",
        socket: "S9",
        text: frame({ type: "presence", user: CAROL, presence: {} }),
      },
    ],
  ],
  [
    "I8",
    "a message lands behind a block",
    [...blocked, ...says(4, "grace-1", { ...LATE, seq: 4 }), log(HI, YES, closed(3), { ...LATE, seq: 4 })],
  ],
  [
    "I8",
    "typing crosses a block",
    [
      ...blocked,
      ...answered("ada-1", closed(3)),
      {
        at: 200_000,
        is: "heard",
        tab: "grace-1",
        socket: "S9",
        text: frame({ type: "typing", conversation: TALK, user: ADA, typing: true }),
      },
      log(HI, YES, closed(3)),
    ],
  ],
  [
    "I8",
    "a tick rises across a block",
    [
      ...blocked,
      { is: "stored", profile: "grace-1", conversation: TALK, upTo: 1 },
      view("ada-1", [ticked(HI, "sent"), placed(YES), SHOWN_CLOSED], { closed: true }),
      view("ada-1", [ticked(HI, "delivered")], { cut: 1, closed: true }),
      log(HI, YES, closed(3)),
    ],
  ],
  [
    "I9",
    "the log holds another text than was typed",
    [...cast, ...says(1, "ada-1", HI), log({ ...HI, text: "ha" })],
  ],
  ["I9", "somebody has written in another's name", [...cast, ...says(1, "ada-1", HI), log(HI, YES)]],
  [
    "I9",
    "a device shows what nobody typed",
    [...cast, ...says(1, "ada-1", HI), view("grace-1", [placed({ ...HI, text: "ho" })]), log(HI)],
  ],
  [
    "I10",
    "a view is behind at rest",
    [
      ...cast,
      ...both,
      view("ada-1", [ticked(HI, "sent"), placed(YES)]),
      view("grace-1", [placed(HI)]),
      rest,
      log(HI, YES),
    ],
  ],
  [
    "I10",
    "an outbox is not empty",
    [
      ...cast,
      {
        is: "outbox",
        profile: "ada-1",
        items: [{ id: "ada-00001", conversation: TALK, kind: "message", state: "waiting" }],
      },
    ],
  ],
  ["I10", "a message is nowhere", [...cast, ...says(1, "ada-1", HI), log()]],
  ["I10", "healing takes too long", [...cast, { is: "rest", whole: true, looked: {} }]],
  [
    "I10",
    "two views say different things",
    [
      ...cast,
      ...says(1, "ada-1", HI),
      { is: "op", op: 2, tab: "ada-1", what: "edit", conversation: TALK, id: HI.id, text: "hi!" },
      { is: "answered", op: 2, answer: "ok", id: "ada-00002" },
      view("ada-1", [{ ...ticked(HI, "sent"), text: "hi!" }]),
      view("grace-1", [placed(HI)]),
      rest,
      log(
        { ...HI, text: "hi!" },
        { seq: 2, id: "ada-00002", from: ADA, kind: "edit", text: "hi!", target: 1 },
      ),
    ],
  ],
  ["I11", "the server throws", [...cast, { is: "problem", ours: true, why: "unable to read" }]],
  ["I11", "dead letters are left", [...cast, { is: "dead-letters", found: 2, planted: 1 }]],
  [
    "I12",
    "a live socket has no row",
    [
      ...cast,
      live,
      ...up("S1"),
      { ...row("S1", "gone"), at: 20_000 },
      { ...row("S1", "ready"), at: 100_000 },
    ],
  ],
  ["I12", "a row outlives its socket", [...cast, { is: "ghosts", user: ADA, sockets: ["S1"] }]],
  [
    "I12",
    "a rotation closes first",
    [...cast, live, ...up("S1"), socketOf("dropped by the client"), ...up("S2")],
  ],
  [
    "I13",
    "typing is in the log",
    [
      ...cast,
      { is: "op", op: 1, tab: "ada-1", what: "typing", conversation: TALK },
      { is: "answered", op: 1, answer: "ok", id: HI.id },
      log({ ...HI, kind: "typing" }),
    ],
  ],
];

describe("the checker", () => {
  it("finds nothing where all is well, and has looked at each promise that the history is about", () => {
    const verdict = check(history(...fine));
    expect(brokenIn(verdict)).toEqual([]);
    const unchecked = INVARIANT_NAMES.filter((name) => verdict[name].checked === 0);
    expect(unchecked).toEqual(["I11"]);
  });

  it.each(BROKEN)("finds %s broken, and no other, where %s", (name, _, happenings) => {
    const verdict = check(history(...happenings));
    expect(brokenIn(verdict)).toEqual([name]);
    expect(verdict[name].offences[0]?.why).not.toBe("");
  });

  it("finds two answers for one message, of which one at least cannot be true", () => {
    const answers = [...answered("ada-1", HI), ...answered("ada-1", { ...HI, seq: 2 })];
    const verdict = check(history(...cast, ...both, ...answers, log(HI, YES)));
    expect(verdict.I14).toMatchObject({ checked: 2, broken: 1 });
  });

  it("finds what was told to be answered when it is done, and lets it be refused, or say that no push arrives", () => {
    const told = frame({ action: "mark", ref: "7", conversation: TALK, delivered: 1 });
    const backWith = (answer: object) =>
      check(
        history(
          ...cast,
          ...both,
          { is: "up", tab: "ada-1", socket: "S1", text: told },
          { is: "heard", tab: "ada-1", socket: "S1", text: frame({ ref: "7", ...answer }) },
          log(HI, YES),
        ),
      ).I14;
    expect(backWith({ type: "ok" })).toMatchObject({ broken: 1 });
    expect(backWith({ type: "ok", unreached: true })).toMatchObject({ checked: 1, broken: 0 });
    expect(backWith({ type: "refused", code: "try-again" })).toMatchObject({ broken: 0 });
  });

  it("takes a rotation that opens first for what it is", () => {
    const { I12 } = check(
      history(...cast, live, ...up("S1"), ...up("S2"), socketOf("dropped by the client", "S1"), rest),
    );
    expect(I12).toMatchObject({ checked: 1, broken: 0 });
  });

  it("does not take a line that was given up for a rotation", () => {
    const lost: Happening = { is: "line", tab: "ada-1", line: "reconnecting" };
    const { I12 } = check(
      history(
        ...cast,
        live,
        ...up("S1"),
        { ...socketOf("dropped by the client"), at: 50_000 },
        { ...lost, at: 50_000 },
        rest,
      ),
    );
    expect(I12).toMatchObject({ checked: 0, broken: 0 });
  });

  it("takes no tick for risen across a block that had risen while its message was deleted here", () => {
    const deleted: Shown = { seq: HI.seq, id: HI.id, from: ADA, kind: "deleted" };
    const { I8 } = check(
      history(
        ...blocked,
        { is: "stored", profile: "grace-1", conversation: TALK, upTo: 1 },
        view("ada-1", [ticked(HI, "sent"), placed(YES)]),
        view("ada-1", [deleted], { cut: 1 }),
        view("ada-1", [SHOWN_CLOSED], { from: 2, closed: true }),
        view("ada-1", [ticked(HI, "delivered")], { cut: 1, closed: true }),
        log(HI, YES, closed(3)),
      ),
    );
    expect(I8).toMatchObject({ broken: 0 });
  });

  it("takes no tick for risen across a block that a page had drawn lower before it was loaded anew", () => {
    const drawn = [ticked(HI, "sent"), placed(YES), SHOWN_CLOSED];
    const again = (...between: readonly Happening[]) =>
      check(
        history(
          ...blocked,
          { is: "stored", profile: "grace-1", conversation: TALK, upTo: 1 },
          view("ada-1", drawn, { closed: true }),
          ...between,
          view("ada-1", [placed(YES), SHOWN_CLOSED], { closed: true, cut: between.length > 0 ? 0 : 3 }),
          view("ada-1", [ticked(HI, "delivered")], { closed: true }),
          log(HI, YES, closed(3)),
        ),
      ).I8;
    const anew: Happening = { is: "tab", tab: "ada-1", profile: "ada-1", user: ADA, store: "kept" };
    expect(again(anew)).toMatchObject({ broken: 0 });
    expect(again()).toMatchObject({ broken: 1 });
  });

  it("does not take a line for live of which it is told in the next millisecond that it is not", () => {
    const { I12 } = check(
      history(
        ...cast,
        live,
        ...up("S1"),
        { ...socketOf("asked", "S2"), at: 49_990 },
        { ...socketOf("dropped by the client"), at: 50_000 },
        { is: "tab", tab: "grace-2", profile: "grace-2", user: GRACE, store: "new", at: 50_001 },
        { is: "line", tab: "ada-1", line: "connecting", at: 50_001 },
        rest,
      ),
    );
    expect(I12).toMatchObject({ broken: 0 });
  });

  it("lets what is sent again keep its place when it had landed, and only then asks for one at the end", () => {
    const again: Happening = { is: "op", op: 3, tab: "ada-1", what: "retry", conversation: TALK, id: HI.id };
    const later: LogEntry = { ...YES, id: "ada-00002", from: ADA };
    const written = [...cast, ...says(1, "ada-1", HI), ...says(2, "ada-1", later)];
    const landed = check(history(...written, ...answered("ada-1", HI), again, log(HI, later)));
    expect(landed.I5).toMatchObject({ checked: 2, broken: 0 });
    const unheard = check(history(...written, again, log(HI, later)));
    expect(unheard.I5).toMatchObject({ checked: 2, broken: 1 });
  });

  it("excuses from its place what a disk that failed forgets or brings back, and nothing else", () => {
    const later: LogEntry = { ...YES, id: "ada-00002", from: ADA };
    const full: Happening = { is: "store-failed", profile: "ada-1" };
    const asked = [...says(1, "ada-1", later), ...answered("ada-1", later)];
    const deleted: Happening = {
      is: "op",
      op: 3,
      tab: "ada-1",
      what: "delete",
      conversation: TALK,
      id: later.id,
    };
    // The first stands behind the second.
    const orderOf = (...happenings: readonly Happening[]) =>
      check(history(...cast, ...happenings, log(HI, later))).I5;
    const sent = [...asked, ...says(2, "ada-1", HI)];
    expect(orderOf(...sent)).toMatchObject({ broken: 1 });
    expect(orderOf(...sent, full)).toMatchObject({ broken: 1 });
    expect(orderOf(full, ...sent)).toMatchObject({ broken: 0 });
    expect(orderOf(...sent, deleted)).toMatchObject({ broken: 1 });
    expect(orderOf(...sent, deleted, full)).toMatchObject({ broken: 0 });
  });

  it("takes a tick that stands lower for a blink for none that goes back", () => {
    const blink = (forMs: number) =>
      check(
        history(
          ...cast,
          { ...view("ada-1", [ticked(HI, "sent")]), at: 50_000 },
          { ...view("ada-1", [ticked(HI, "waiting")], { cut: 1 }), at: 50_100 },
          { ...view("ada-1", [ticked(HI, "sent")], { cut: 1 }), at: 50_100 + forMs },
          log(HI),
        ),
      ).I7;
    expect(blink(2)).toMatchObject({ broken: 0 });
    expect(blink(2_000)).toMatchObject({ broken: 1 });
  });

  it("does not say which of two questions of one name is answered", () => {
    const elsewhere = frame({ action: "mark", ref: "1", conversation: ELSEWHERE, delivered: 1 });
    const [asked, told] = answered("ada-1", HI);
    const { I1 } = check(
      history(
        ...cast,
        ...both,
        { ...asked! },
        { is: "up", tab: "ada-1", socket: "S1", text: elsewhere },
        { ...told! },
        log(HI, YES),
      ),
    );
    expect(I1).toMatchObject({ broken: 0 });
  });

  it("judges a history that was written to a file and read again the same", () => {
    const written = history(...fine);
    expect(check(fromLines(toLines(written)))).toEqual(check(written));
  });

  it("points at the first offending event", () => {
    const events = history(
      ...cast,
      { is: "problem", ours: true, why: "first" },
      { is: "problem", ours: true, why: "second" },
    );
    expect(check(events).I11.offences[0]).toEqual({
      event: cast.length,
      why: "the server has thrown: first",
    });
  });
});
