import { createWriteStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { History } from "../history/event";
import { toLines } from "../history/json-lines";
import { markdownOf, type Report } from "./report";

/** A history of a long run is longer than the longest string. */
const LINES_AT_ONCE = 5_000;

export type Played = {
  readonly outDir: string;
  readonly seed: number;
  readonly messages: number;
  readonly faults: number;
  readonly quietEvery?: number;
};
/** Which layer it was, in the names of its files and to people, and what plays it again. */
export type LayerWords = { readonly name: string; readonly title: string; readonly command: string };

const SYSTEM: LayerWords = {
  name: "system",
  title: "Whole system",
  command: "npm run chaos:system --",
};

export function writeAll(
  { outDir, seed, messages, faults, quietEvery }: Played,
  report: Report,
  history: History,
  say: (line: string) => void,
  { name: layer, title, command }: LayerWords = SYSTEM,
): void {
  const file = (ending: string) => join(outDir, `${layer}-${seed}${ending}`);
  writeHistory(file(".jsonl"), history);
  writeFileSync(file(".json"), `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(file(".md"), markdownOf(report, title));
  say(markdownOf(report, title));
  const broken = report.invariants.filter((one) => one.broken > 0);
  for (const { name, offences } of broken) for (const offence of offences) say(`  ${name} ${offence}`);
  const often = quietEvery === undefined ? "" : ` --quiet-every ${quietEvery}`;
  const again = `${command} --messages ${messages} --faults ${faults} --seed ${seed}${often}`;
  say(broken.length === 0 ? `all hold; the history is ${file(".jsonl")}` : `again: ${again}`);
}

export function writeHistory(file: string, history: History): void {
  const lines = createWriteStream(file);
  for (let from = 0; from < history.length; from += LINES_AT_ONCE)
    lines.write(toLines(history.slice(from, from + LINES_AT_ONCE)));
  lines.end();
}
