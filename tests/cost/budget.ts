import { DECISIONS } from "./decisions";
import type { Figures } from "./figures";

export type Budget = Readonly<Record<string, number>>;

const BUDGET_FILE = "tests/cost/budget.json";

/** A decision has a budget as soon as it costs anything. */
export const budgetedOf = ({ message, million, day, month }: Figures): Budget => ({
  "write units of an append": message.writeUnitsOfAppend,
  "socket messages of a message": message.units.socketMessages,
  "dollars for a million messages, alone": million.alone,
  "dollars for a million messages, with receipts and typing": million.withReceiptsAndTyping,
  "dollars for a thousand people a month": month.dollars,
  "write units of a person's day": day.units.writeUnits,
  "read units of a person's day": day.units.readUnits,
  "socket messages of a person's day": day.units.socketMessages,
  "function runs of a person's day": day.units.runs,
  "function milliseconds of a person's day, as reckoned": day.units.reckonedMs,
  "connection minutes of a person's day": day.connectionMinutes,
  "bytes out of a person's day": day.bytesOut,
  "bytes logged of a person's day": day.logBytes,
  "bytes stored of a message": day.storedBytesAMessage,
  ...Object.fromEntries(
    DECISIONS.filter((name) => month.decisions[name].dollars > 0).map((name) => [
      dollarsOf(name),
      month.decisions[name].dollars,
    ]),
  ),
});

export const dollarsOf = (decision: string): string => `dollars a month: ${decision}`;

/** Sentences about what has risen over its budget, and about what has none or is not measured. */
export function overruns(budget: Budget, figures: Budget): readonly string[] {
  const names = [...new Set([...Object.keys(budget), ...Object.keys(figures)])];
  return names.flatMap((name) => {
    const [allowed, used] = [budget[name], figures[name]];
    if (used === undefined)
      return [`${name}: it was not measured; if it is gone for good, take it out of ${BUDGET_FILE}`];
    if (allowed === undefined)
      return [`${name}: ${rounded(used)}, and there is no budget for it; give it one in ${BUDGET_FILE}`];
    if (used <= allowed) return [];
    const over = ((used / allowed - 1) * 100).toFixed(1);
    return [
      `${name}: ${rounded(used)} is ${over} % over its budget of ${rounded(allowed)}; make it cheaper, or raise the budget in ${BUDGET_FILE} in the same commit and say why`,
    ];
  });
}

export const rounded = (value: number): string => String(Number(value.toPrecision(4)));
