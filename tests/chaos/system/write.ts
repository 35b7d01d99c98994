import { createWriteStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { History } from "../history/event";
import { toLines } from "../history/json-lines";
import type { Options } from "./options";
import { markdownOf, type Report } from "./report";

/** A history of a long run is longer than the longest string. */
const LINES_AT_ONCE = 5_000;

export function writeAll(
  { outDir, seed, messages, faults, quietEvery }: Options,
  report: Report,
  history: History,
  say: (line: string) => void,
): void {
  const file = (ending: string) => join(outDir, `system-${seed}${ending}`);
  writeHistory(file(".jsonl"), history);
  writeFileSync(file(".json"), `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(file(".md"), markdownOf(report));
  say(markdownOf(report));
  const broken = report.invariants.filter((one) => one.broken > 0);
  for (const { name, offences } of broken) for (const offence of offences) say(`  ${name} ${offence}`);
  const command = `npx tsx tests/chaos/system/main.ts --messages ${messages} --faults ${faults} --seed ${seed} --quiet-every ${quietEvery}`;
  say(broken.length === 0 ? `all hold; the history is ${file(".jsonl")}` : `again: ${command}`);
}

export function writeHistory(file: string, history: History): void {
  const lines = createWriteStream(file);
  for (let from = 0; from < history.length; from += LINES_AT_ONCE)
    lines.write(toLines(history.slice(from, from + LINES_AT_ONCE)));
  lines.end();
}
