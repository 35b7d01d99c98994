// The figures as a person reads them.

import { PRICES } from "../../local/meter/prices";
import { rounded } from "./budget";
import { DAY } from "./day";
import { DECISIONS } from "./decisions";
import type { Figures, Units } from "./figures";

export function reportOf(figures: Figures): string {
  const { message, million, day, month, crowd } = figures;
  const { frames } = message;
  return [
    `Prices of ${PRICES.asOf}, ${PRICES.region}; no free tier, no tax.`,
    "",
    "One message, both people there, without receipts and typing",
    ...table(
      ["", "each", "$ a million"],
      message.lines.map(({ what, each, dollarsAMillion }) => [what, rounded(each), money(dollarsAMillion)]),
    ),
    `  ${rounded(frames.up)} up, ${rounded(frames.answer)} answer, ${rounded(frames.push)} push; ` +
      `${rounded(message.writeUnitsOfAppend)} write units for the append; ` +
      `function ${rounded(message.units.reckonedMs)} ms as reckoned, ${rounded(message.units.measuredMs)} ms here`,
    crowd.differs.length === 0
      ? `  the same units with ${crowd.people} people stored`
      : `  with ${crowd.people} people stored it differs:\n    ${crowd.differs.join("\n    ")}`,
    "",
    "A million messages of the day",
    ...table(
      ["", "$"],
      [
        ["alone", money(million.alone)],
        ["with inbox bumps", money(million.withBumps)],
        ["with receipts and typing", money(million.withReceiptsAndTyping)],
        ["with everything", money(million.withEverything)],
      ],
    ),
    "",
    `One day of one person: ${DAY.messagesEach} messages sent and as many read, ${DAY.sessions} sessions, ${DAY.hoursEach} h`,
    ...table(HEADS, [unitRow("", day.units)]),
    `  ${rounded(day.connectionMinutes)} connection minutes, ${rounded(day.logBytes)} bytes of logs, ` +
      `${rounded(day.bytesOut)} bytes out, ${rounded(day.storedBytesAMessage)} bytes stored a message`,
    "",
    "A thousand people, thirty such days, and what each decision costs",
    ...table(
      [...HEADS, "$", "%"],
      DECISIONS.filter((name) => month.decisions[name].dollars > 0)
        .sort((one, other) => month.decisions[other].dollars - month.decisions[one].dollars)
        .map((name) => {
          const units = month.decisions[name];
          const percent = `${((100 * units.dollars) / month.dollars).toFixed(1)}`;
          return [...unitRow(name, units), money(units.dollars), percent];
        }),
    ),
    `  together $${money(month.dollars)}; with the gateway's access logs on, $${money(month.accessLogDollars)} more`,
  ].join("\n");
}

const HEADS = ["", "messages", "writes", "reads", "runs", "ms reckoned", "ms here"];
const unitRow = (name: string, units: Units): readonly string[] => [
  name,
  ...[units.socketMessages, units.writeUnits, units.readUnits, units.runs].map(whole),
  ...[units.reckonedMs, units.measuredMs].map(whole),
];

const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
const money = (dollars: number): string => dollars.toFixed(dollars < 0.1 ? 4 : 2);

/** The first column to the left, the others, which are numbers, to the right. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  return [heads, ...rows].map((row) => {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    return `  ${cells.join("  ")}`.trimEnd();
  });
}
