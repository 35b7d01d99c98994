// npm run chaos: plays seeds under faults and judges them; tries the checker on planted bugs; compares with a naive
// chat. Writes the history, the verdict and one table into .local/chaos.

import { helpIfAsked } from "../../local/help";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { brokenIn, isGreen } from "./checker/verdict";
import { FAULT_KINDS, type FaultKind } from "./history/event";
import { toLines } from "./history/json-lines";
import { playNaive } from "./naive/naive-play";
import { BUG_NAMES, BUGS, isBugName, type BugName } from "./planted/planted";
import { numbersOf, rangesOf, shrink } from "./simulation/shrink";
import { markdown, NO_SUM, plus } from "./simulation/tally-up";
import { catchBug, setting, tryOut, type Setting, type Trial } from "./simulation/trial";
import { SIMULATED } from "./simulation/weather";

helpIfAsked(`
npm run chaos -- [options]     a conversation under simulated faults

--seed 1              the first seed
--seeds 1             how many seeds
--messages 500        messages of each seed
--faults KINDS        only these kinds of fault, with commas between, or none
--acts RANGES         only these acts of a seed, as a failing run prints them
--planted NAME        plants a bug that the checker must find; all: one after another
--baseline            compares with the usual kind of chat under the same faults
`);

const OUT = resolve(".local/chaos");
/** Enough for each of them by far. */
const PLANTED = { messages: 120, seeds: 30 };

const say = (line: string) => process.stdout.write(`${line}\n`);

function write(name: string, text: string): void {
  mkdirSync(OUT, { recursive: true });
  writeFileSync(join(OUT, name), text);
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: "1" },
      seeds: { type: "string", default: "1" },
      messages: { type: "string", default: "500" },
      faults: { type: "string" },
      acts: { type: "string" },
      planted: { type: "string" },
      baseline: { type: "boolean", default: false },
    },
  });
  const [first, seeds, messages] = [values.seed, values.seeds, values.messages].map(wholeNumber);
  if (values.baseline) return compare(first, seeds, messages);
  if (values.planted === "all") return plantAll();
  const bug = values.planted;
  if (bug !== undefined && !isBugName(bug)) throw new Error(`unable to plant ${bug}; there is no such bug`);
  const kinds = values.faults === undefined ? SIMULATED : kindsIn(values.faults);
  const more = { kinds, ...(bug && { bug }), ...(values.acts && { acts: numbersOf(values.acts) }) };
  return playSeeds(first, seeds, (seed) => setting(seed, messages ?? 0, more));
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`unable to read ${text}; it is no whole number`);
  return Number(text);
}

function kindsIn(text: string): readonly FaultKind[] {
  if (text === "none") return [];
  return text.split(",").map((one) => {
    const kind = FAULT_KINDS.find((known) => known === one);
    if (!kind) throw new Error(`unable to cause ${one}; the faults are ${FAULT_KINDS.join()}`);
    return kind;
  });
}

async function playSeeds(first = 1, seeds = 1, at: (seed: number) => Setting): Promise<boolean> {
  const points = new Map<string, number>();
  let sum = NO_SUM;
  let red: Trial | undefined;
  for (let seed = first; seed < first + seeds; seed += 1) {
    const trial = await tryOut(at(seed));
    for (const { point, died } of trial.points.counts()) points.set(point, (points.get(point) ?? 0) + died);
    sum = plus(sum, points, trial);
    if (seed === first || !isGreen(trial.verdict)) write("history.jsonl", toLines(trial.history));
    if (isGreen(trial.verdict)) continue;
    red = trial;
    break;
  }
  write("verdict.json", JSON.stringify(sum, undefined, 2));
  write("table.md", markdown(sum));
  say(markdown(sum));
  if (red) await tellRed(red);
  return red === undefined;
}

async function tellRed(red: Trial): Promise<void> {
  tellBroken(red);
  say("\nmaking it smaller …");
  const small = await shrink(red);
  tellBroken(small);
  write("history.jsonl", toLines(small.history));
  say(`\nrepeat it with: ${commandOf(small.setting)}`);
}

function tellBroken({ verdict, setting: { seed } }: Trial): void {
  for (const name of brokenIn(verdict)) {
    const { broken, checked, offences } = verdict[name];
    say(`seed ${seed}: ${name} broken ${broken} of ${checked} times`);
    for (const { event, why } of offences) say(`  event ${event}: ${why}`);
  }
}

function commandOf({ seed, messages, kinds, bug, acts }: Setting): string {
  const options = [
    `--seed ${seed} --messages ${messages}`,
    ...(kinds.length === SIMULATED.length ? [] : [`--faults ${kinds.join() || "none"}`]),
    ...(bug ? [`--planted ${bug}`] : []),
    ...(acts ? [`--acts ${rangesOf(acts)}`] : []),
  ];
  return `npm run chaos -- ${options.join(" ")}`;
}

/** The usual kind of chat and this one, under the same faults. */
async function compare(first = 1, seeds = 1, messages = 500): Promise<boolean> {
  const naive = { sent: 0, lost: 0, unseen: 0, doubled: 0, misordered: 0, broken: new Set<string>() };
  for (let seed = first; seed < first + seeds; seed += 1) {
    const { verdict, history, ...counts } = await playNaive(seed, messages);
    for (const key of ["sent", "lost", "unseen", "doubled", "misordered"] as const) naive[key] += counts[key];
    for (const name of brokenIn(verdict)) naive.broken.add(name);
    if (seed === first) write("baseline.jsonl", toLines(history));
  }
  const rows = [
    `| ${seeds} seeds, ${naive.sent} messages, four devices | Naive |`,
    "|---|---|",
    `| Taken and lost for ever | ${naive.lost} |`,
    `| Stored, and not shown on a device in the end (lines) | ${naive.unseen} |`,
    `| Shown twice (lines) | ${naive.doubled} |`,
    `| Shown out of order (lines) | ${naive.misordered} |`,
    `| Broken | ${[...naive.broken].join(", ")} |`,
    "",
  ].join("\n");
  write("baseline.md", rows);
  say(rows);
  return playSeeds(first, seeds, (seed) => setting(seed, messages));
}

async function plantAll(): Promise<boolean> {
  const rows: string[] = ["| Bug | | Caught by | Seed | Messages |", "|---|---|---|---|---|"];
  const missed: BugName[] = [];
  for (const bug of BUG_NAMES) {
    const { by, trial } = await catchBug(bug, PLANTED.messages, PLANTED.seeds);
    const at = trial?.setting;
    const why = by && trial ? (trial.verdict[by].offences[0]?.why ?? "") : "";
    say(
      `${bug.padEnd(4)}${BUGS[bug].what.padEnd(44)}${by ? `seed ${at?.seed}, ${by}: ${why}` : "NOT CAUGHT"}`,
    );
    rows.push(
      `| ${bug} | ${BUGS[bug].what} | ${by ?? "nothing"} | ${at?.seed ?? ""} | ${at?.messages ?? ""} |`,
    );
    if (!by) missed.push(bug);
  }
  const line = `${BUG_NAMES.length - missed.length} of ${BUG_NAMES.length}`;
  write("planted.md", [...rows, "", line, ""].join("\n"));
  say(line);
  return missed.length === 0;
}

process.exitCode = (await main()) ? 0 : 1;
