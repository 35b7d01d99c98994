// Which decision a line of the bill belongs to, by what set it off and what it did. A frame that is not named here
// shows up under "other".

import type { BillLine } from "../../local/meter/bill";

export const DECISIONS = [
  "messages",
  "inbox bumps",
  "typing",
  "receipts",
  "presence",
  "relay",
  "lookouts",
  "pings",
  "catching up",
  "opening sockets",
  "connection minutes",
  "logs",
  "kept logs",
  "storage",
  "recovery",
  "sign-in",
  "alarms",
  "other",
] as const;
export type Decision = (typeof DECISIONS)[number];

/** `sync`s that make sure, and those that catch up: one action for two decisions, told apart by their number. */
export type Syncs = { readonly lookouts: number; readonly catchUps: number };

export type Share = { readonly decision: Decision; readonly part: number };

export function sharesOf(line: BillLine, { lookouts, catchUps }: Syncs): readonly Share[] {
  if (line.cause !== "sync" || line.price === "logIngestion")
    return [{ decision: decisionOf(line), part: 1 }];
  const all = Math.max(1, lookouts + catchUps);
  return [
    { decision: "lookouts", part: lookouts / all },
    { decision: "catching up", part: 1 - lookouts / all },
  ];
}

const BY_CAUSE: Readonly<Record<string, Decision>> = {
  mark: "receipts",
  typing: "typing",
  watch: "presence",
  here: "presence",
  stream: "relay",
  ping: "pings",
  sync: "catching up",
  hello: "catching up",
  inbox: "catching up",
  $authorize: "opening sockets",
  $connect: "opening sockets",
  $disconnect: "opening sockets",
  connected: "connection minutes",
  "sign-in": "sign-in",
};

function decisionOf({ price, cause, detail }: BillLine): Decision {
  if (price === "logIngestion") return "logs";
  if (price === "logStorage") return "kept logs";
  if (price === "databaseStorage") return "storage";
  if (price === "databaseRecovery") return "recovery";
  if (cause === "send") return detail.endsWith(" Inbox") ? "inbox bumps" : "messages";
  if (tellsOfPresence(cause, detail)) return "presence";
  return BY_CAUSE[cause] ?? "other";
}

/** Who comes or goes is told to those who watch, and the hour of going is kept for those who ask. */
const tellsOfPresence = (cause: string, detail: string): boolean =>
  (cause === "hello" || cause === "$disconnect") &&
  (detail.endsWith("@connections") || detail === "Query Connections" || detail === "UpdateItem People");
