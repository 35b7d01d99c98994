// From what was metered to the figures that are printed, written and held to a budget. Pure.

import { billOf, type BillLine, totalOf } from "../../local/meter/bill";
import { dollarsFor } from "../../local/meter/prices";
import type { Usage } from "../../local/meter/usage";
import { DAY } from "./day";
import { DECISIONS, type Decision, sharesOf, type Syncs } from "./decisions";
import { withReckonedTimes } from "./function-time";
import { accessLogDollars, keptLogs, loggedBytes } from "./logs";
import type { PlainMessages } from "./messages";
import type { Stored } from "./stored";

export type Measured = {
  readonly plain: PlainMessages;
  /** The same with a crowd stored. */
  readonly crowded: PlainMessages;
  readonly crowd: number;
  /** Of both people. */
  readonly day: Usage;
  readonly syncs: Syncs;
  /** What the day has left in the tables. */
  readonly stored: Stored;
};

/** What is counted, of whatever it is: one message, a day. */
export type Units = {
  readonly socketMessages: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly runs: number;
  readonly reckonedMs: number;
  readonly measuredMs: number;
  readonly dollars: number;
};

export type Figures = {
  readonly message: {
    readonly units: Units;
    readonly frames: { readonly up: number; readonly answer: number; readonly push: number };
    readonly writeUnitsOfAppend: number;
    readonly lines: readonly {
      readonly what: string;
      readonly each: number;
      readonly dollarsAMillion: number;
    }[];
  };
  /** Units that differ when a crowd is stored; none, if all is well. */
  readonly crowd: { readonly people: number; readonly differs: readonly string[] };
  /** Dollars for a million messages of the day: alone, and with what goes along with them. */
  readonly million: Readonly<
    Record<"alone" | "withBumps" | "withReceiptsAndTyping" | "withEverything", number>
  >;
  readonly day: {
    readonly messages: number;
    readonly units: Units;
    readonly connectionMinutes: number;
    readonly logBytes: number;
    readonly bytesOut: number;
    readonly storedBytesAMessage: number;
    readonly bumpWriteUnitsAMessage: number;
  };
  /** A thousand people, thirty such days. */
  readonly month: {
    readonly dollars: number;
    /** Not among them: they are off at first. */
    readonly accessLogDollars: number;
    readonly decisions: Readonly<Record<Decision, Units>>;
  };
};

const MILLION = 1_000_000;
const DAYS = 30;
const PEOPLE = 1_000;
const BYTES_A_GB = 1024 ** 3;

/** Billed once a month, however many days; the alarm however many people too (amplify/chat/alarms.ts). */
const MONTHLY = {
  "sign-in": dollarsFor("activePerson", PEOPLE),
  alarms: dollarsFor("alarm", 1),
} satisfies Partial<Record<Decision, number>>;
const isMonthly = (name: Decision): boolean => name in MONTHLY;

export function figuresOf(measured: Measured): Figures {
  const { plain, day, syncs, stored } = measured;
  const messages = DAY.messagesEach * DAY.people;
  const decisions = decisionsOf(day, syncs, stored);
  const dollarsOf = (...names: readonly Decision[]) =>
    names.reduce((sum, name) => sum + decisions[name].dollars, 0);
  const aMillion = (...names: readonly Decision[]) => (dollarsOf(...names) / messages) * MILLION;
  const monthly = (PEOPLE / DAY.people) * DAYS;
  const month = Object.fromEntries(
    DECISIONS.map((name) => [name, times(decisions[name], monthly)]),
  ) as Record<Decision, Units>;
  month["sign-in"] = { ...NOTHING, dollars: MONTHLY["sign-in"] };
  month.alarms = { ...NOTHING, dollars: MONTHLY.alarms };

  return {
    message: messageOf(plain),
    crowd: { people: measured.crowd, differs: differences(plain, measured.crowded) },
    million: {
      alone: aMillion("messages"),
      withBumps: aMillion("messages", "inbox bumps"),
      withReceiptsAndTyping: aMillion("messages", "inbox bumps", "receipts", "typing"),
      withEverything:
        aMillion(...DECISIONS.filter((name) => !isMonthly(name))) +
        ((MONTHLY["sign-in"] + MONTHLY.alarms) / (messages * monthly)) * MILLION,
    },
    day: {
      messages,
      units: times(Object.values(decisions).reduce(plus, NOTHING), 1 / DAY.people),
      connectionMinutes: day.connections.billedMinutes / DAY.people,
      logBytes: loggedBytes(day) / DAY.people,
      bytesOut: bytesDown(day) / DAY.people,
      storedBytesAMessage: stored.bytes / messages,
      bumpWriteUnitsAMessage: decisions["inbox bumps"].writeUnits / messages,
    },
    month: {
      dollars: DECISIONS.reduce((sum, name) => sum + month[name].dollars, 0),
      accessLogDollars: accessLogDollars(day) * monthly,
      decisions: month,
    },
  };
}

const bytesDown = ({ frames }: Usage): number =>
  frames.filter(({ direction }) => direction === "down").reduce((sum, { bytes }) => sum + bytes, 0);

function messageOf({ count, usage }: PlainMessages): Figures["message"] {
  const sending = (use: { readonly cause: string }) => use.cause === "send";
  const lines = billOf(withReckonedTimes(usage)).filter(sending);
  const frames = (direction: "up" | "down", route: string) =>
    usage.frames
      .filter((frame) => sending(frame) && frame.direction === direction && frame.route === route)
      .reduce((sum, frame) => sum + frame.billedMessages, 0) / count;
  const appends = usage.database.filter((use) => sending(use) && use.table === "Log");
  return {
    units: times(unitsOf(lines, usage), 1 / count),
    frames: {
      up: frames("up", "$default"),
      answer: frames("down", "$default"),
      push: frames("down", "@connections"),
    },
    writeUnitsOfAppend: appends.reduce((sum, { writeUnits }) => sum + writeUnits, 0) / count,
    lines: lines.map(({ price, detail, quantity, dollars }) => ({
      what: `${price} ${detail}`,
      each: quantity / count,
      dollarsAMillion: (dollars / count) * MILLION,
    })),
  };
}

function decisionsOf(day: Usage, syncs: Syncs, stored: Stored): Record<Decision, Units> {
  const found = Object.fromEntries(DECISIONS.map((name) => [name, NOTHING])) as Record<Decision, Units>;
  for (const line of [...billOf(withReckonedTimes(day)), keptLogs(day), ...storageLines(stored)])
    for (const { decision, part } of sharesOf(line, syncs))
      found[decision] = plus(found[decision], times(unitsOf([line], day), part));
  return found;
}

/** What a day brings lies there for a month; each further month costs the same again. */
function storageLines({ bytes, recoverableBytes }: Stored): readonly BillLine[] {
  const line = (price: "databaseStorage" | "databaseRecovery", quantity: number): BillLine => ({
    ...{ price, cause: "stored", detail: "", quantity },
    dollars: dollarsFor(price, quantity),
  });
  return [
    line("databaseStorage", bytes / BYTES_A_GB),
    line("databaseRecovery", recoverableBytes / BYTES_A_GB),
  ];
}

/** The units that a database call, a frame or a run stands for in every table that is printed. */
function unitsOf(lines: readonly BillLine[], usage: Usage): Units {
  const sum = (price: BillLine["price"]) =>
    lines.reduce((all, line) => all + (line.price === price ? line.quantity : 0), 0);
  const times = (of: Usage) =>
    of.runs
      .filter(({ functionName, cause }) =>
        lines.some(
          (line) => line.price === "functionGbSecond" && line.detail === functionName && line.cause === cause,
        ),
      )
      .reduce((all, { runMs, initMs }) => all + runMs + initMs, 0);
  return {
    socketMessages: sum("socketMessage"),
    writeUnits: sum("databaseWriteUnit"),
    readUnits: sum("databaseReadUnit"),
    runs: sum("functionRequest"),
    reckonedMs: times(withReckonedTimes(usage)),
    measuredMs: times(usage),
    dollars: totalOf(lines),
  };
}

const NOTHING: Units = {
  ...{ socketMessages: 0, writeUnits: 0, readUnits: 0, runs: 0 },
  ...{ reckonedMs: 0, measuredMs: 0, dollars: 0 },
};

const mapUnits = (change: (name: keyof Units) => number): Units => ({
  socketMessages: change("socketMessages"),
  writeUnits: change("writeUnits"),
  readUnits: change("readUnits"),
  runs: change("runs"),
  reckonedMs: change("reckonedMs"),
  measuredMs: change("measuredMs"),
  dollars: change("dollars"),
});
const plus = (one: Units, other: Units): Units => mapUnits((name) => one[name] + other[name]);
const times = (units: Units, by: number): Units => mapUnits((name) => units[name] * by);

/** A call that a busy machine made time out is made again: up to a tenth of a unit a message is no difference. */
const NO_DIFFERENCE = 0.1;

function differences(one: PlainMessages, other: PlainMessages): readonly string[] {
  const [before, after] = [unitsOfCalls(one), unitsOfCalls(other)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((call) => {
    const [few, many] = [before.get(call) ?? 0, after.get(call) ?? 0];
    return Math.abs(few - many) > NO_DIFFERENCE ? [`${call}: ${few} units a message, then ${many}`] : [];
  });
}

function unitsOfCalls({ count, usage }: PlainMessages): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const { cause, action, table, readUnits, writeUnits } of usage.database) {
    const call = `${action} ${table}`;
    if (cause === "send") units.set(call, (units.get(call) ?? 0) + (readUnits + writeUnits) / count);
  }
  return units;
}
