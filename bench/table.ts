import type { Row } from "./contest";
import { modeName } from "./load/drive";
import type { Spread } from "./load/figures";

/** What the ratio is to. */
const YARDSTICK = "serverless-offline";

const HEAD = ["system", "mode", "messages/s", "", "p50 ms", "", "p99 ms", "", "ratio", "cpu ms/message"];

export function tableLines(rows: readonly Row[]): readonly string[] {
  const cells = rows.map((row) => [
    row.system,
    modeName(row.mode),
    ...measured(row.perSecond, 0),
    ...measured(row.p50Ms, 2),
    ...measured(row.p99Ms, 2),
    ratio(row, rows),
    Object.entries(row.processorMs)
      .map(([name, ms]) => `${name} ${ms.toFixed(2)}`)
      .join(", ") + (row.lost > 0 ? `  (${row.lost} lost)` : ""),
  ]);
  return aligned([HEAD, ...cells]);
}

const measured = ({ median, least, most }: Spread, digits: number) => [
  median.toFixed(digits),
  `${least.toFixed(digits)}-${most.toFixed(digits)}`,
];

/** Of the rates; at a steady pace, where all have the same, of the delays that few are slower than. */
function ratio(row: Row, rows: readonly Row[]): string {
  const other = rows.find(
    ({ system, mode }) => system.startsWith(YARDSTICK) && modeName(mode) === modeName(row.mode),
  );
  if (!other) return "";
  const times =
    row.mode.is === "steady"
      ? other.p99Ms.median / row.p99Ms.median
      : row.perSecond.median / other.perSecond.median;
  return `${times.toFixed(1)}x`;
}

/** Words to the left, figures to the right; the last column is as long as it is. */
export function aligned(table: readonly (readonly string[])[]): readonly string[] {
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((cells) => cells[column]?.length ?? 0)),
  );
  const last = widths.length - 1;
  return table.map((cells) =>
    cells
      .map((cell, column) => {
        if (column === last) return cell;
        return column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
      })
      .join("  ")
      .trimEnd(),
  );
}
