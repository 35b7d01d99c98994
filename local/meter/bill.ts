// From what was used to what it costs: one line for each thing used and what it was used for.

import { dollarsFor, PRICES, type PriceName } from "./prices";
import type { Usage } from "./usage";

export type BillLine = {
  readonly price: PriceName;
  /** What it was used for: "send", "$connect", "sign-in". */
  readonly cause: string;
  /** "PutItem Log", "frames": which call or function. */
  readonly detail: string;
  readonly quantity: number;
  readonly dollars: number;
};

const BYTES_A_GB = 1024 ** 3;

export function billOf(usage: Usage, prices = PRICES): readonly BillLine[] {
  const line = (price: PriceName, cause: string, detail: string, quantity: number): BillLine => ({
    price,
    cause,
    detail,
    quantity,
    dollars: dollarsFor(price, quantity, prices),
  });
  const lines = [
    ...usage.frames.map((frame) =>
      line("socketMessage", frame.cause, `${frame.direction} ${frame.route}`, frame.billedMessages),
    ),
    ...usage.frames
      .filter(({ direction }) => direction === "down")
      .map((frame) => line("transferOut", frame.cause, frame.route, frame.bytes / BYTES_A_GB)),
    line("connectionMinute", "connected", "", usage.connections.billedMinutes),
    ...usage.runs.flatMap(({ functionName, cause, requests, gbSeconds }) => [
      line("functionRequest", cause, functionName, requests),
      line("functionGbSecond", cause, functionName, gbSeconds),
    ]),
    ...usage.database.flatMap(({ action, table, cause, readUnits, writeUnits }) => [
      line("databaseReadUnit", cause, `${action} ${table}`, readUnits),
      line("databaseWriteUnit", cause, `${action} ${table}`, writeUnits),
    ]),
    ...usage.logs.map(({ functionName, cause, bytes }) =>
      line("logIngestion", cause, functionName, bytes / BYTES_A_GB),
    ),
    line("activePerson", "sign-in", "", usage.activePeople),
  ];
  return lines.filter(({ quantity }) => quantity > 0);
}

export const totalOf = (lines: readonly BillLine[]): number =>
  lines.reduce((sum, { dollars }) => sum + dollars, 0);
