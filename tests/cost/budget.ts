import type { Figures } from "./figures";

export type Budget = Readonly<Record<string, number>>;

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
  "bytes logged of a person's day": day.logBytes,
});

/** Sentences about what has risen over its budget, and about what has none or is not measured. */
export function overruns(budget: Budget, figures: Budget): readonly string[] {
  const names = [...new Set([...Object.keys(budget), ...Object.keys(figures)])];
  return names.flatMap((name) => {
    const [allowed, used] = [budget[name], figures[name]];
    if (allowed === undefined) return [`${name}: there is no budget for it`];
    if (used === undefined) return [`${name}: it was not measured`];
    return used > allowed ? [`${name}: ${rounded(used)}, and the budget is ${rounded(allowed)}`] : [];
  });
}

export const rounded = (value: number): string => String(Number(value.toPrecision(4)));
