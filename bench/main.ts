// `npm run bench`: how long a message takes from one person's `send` until the other has it, through the whole local
// cloud and through what else one could build with, in one run on one machine.
//
//   --quick          one short round and nothing else, for tuning
//   --only ours,relay   these systems

import { helpIfAsked } from "../local/help";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { freePort } from "../local/ports";
import { endOnSignals } from "../local/processes";
import { createProgress, fail } from "../local/progress";
import { type Contestant, contest, enter, type Plan, type Row } from "./contest";
import type { Mode } from "./load/drive";
import { machine, machineLine } from "./machine";
import { type BenchOptions, readBenchOptions, type SystemName } from "./options";
import { installOnce, peerVersions } from "./install-once";
import { functionLines, measureFunction } from "./function/measure-function";
import { measureIdle } from "./measure/idle-connections";
import { residentBytes } from "./measure/process";
import { type CloudFigures, cloudLines, footnotes } from "./report";
import { type BenchCloud, forgetCloud, startBenchCloud } from "./systems/cloud";
import { joinOurs } from "./systems/ours";
import { startRelay } from "./systems/relay";
import { startServerlessOffline } from "./systems/serverless-offline";
import { startSocketIo } from "./systems/socket-io";
import { tableLines } from "./table";

const RESULTS = ".local/bench/bench.json";

const ONE: Mode = { is: "in flight", messages: 1 };
const EIGHT: Mode = { is: "in flight", messages: 8 };
const MODES: readonly Mode[] = [ONE, EIGHT, { is: "steady", perSecond: 100 }];
/**
 * What runs often is compiled after some thousand messages. Of eight in flight only a little: serverless-offline starts
 * a thread for each that waits, and is busy with them for minutes.
 */
const warmUp = (oneMs: number): Plan["warmUp"] => [
  { mode: ONE, forMs: oneMs },
  { mode: EIGHT, forMs: 1_000 },
];
const WHOLE: Plan = { pairs: 10, rounds: 3, roundMs: 8_000, warmUp: warmUp(10_000), modes: MODES };
const QUICK: Plan = { ...WHOLE, rounds: 1, roundMs: 2_000, warmUp: warmUp(1_000) };

helpIfAsked(`
npm run bench -- [options]     how long a message takes, beside what else one could build with

--quick               one short round and nothing else
--only ours,relay     these systems: ours, relay, socket-io, serverless-offline
`);

const progress = createProgress();
endOnSignals(() => Promise.resolve());

try {
  await run(readBenchOptions(process.argv.slice(2)));
  process.exit(0);
} catch (problem) {
  fail(problem);
}

async function run({ only, isQuick }: BenchOptions): Promise<void> {
  mkdirSync(dirname(RESULTS), { recursive: true });
  if (only.some((name) => name !== "ours")) installOnce(".", progress.say);
  const on = machine();
  const result = isQuick ? await quick(only) : await whole(only);
  for (const line of [
    "",
    machineLine(on),
    "",
    ...tableLines(result.rows),
    "",
    ...result.lines,
    "",
    ...footnotes(isQuick),
  ])
    progress.say(line);
  const written = { machine: on, peers: peerVersions(), ...result, lines: undefined };
  writeFileSync(RESULTS, `${JSON.stringify(written, undefined, 2)}\n`);
  progress.say(`\nWritten to ${RESULTS}`);
}

async function quick(only: readonly SystemName[]) {
  const rows = await measureRows(only, QUICK, await (only.includes("ours") ? startOurs() : undefined));
  return { plan: QUICK, rows, lines: [] };
}

async function whole(only: readonly SystemName[]) {
  installOnce("sdk-version", progress.say);
  const messageFunction = await progress.step("load the message function", measureFunction);
  const lines = functionLines(messageFunction);
  if (!only.includes("ours"))
    return { plan: WHOLE, messageFunction, rows: await measureRows(only, WHOLE), lines };

  const first = await progress.step("start ours anew, with idle connections", firstStart);
  const cloud = await startOurs();
  let memory = { cloudBytes: 0, engineBytes: 0 };
  const rows = await measureRows(only, WHOLE, cloud, () => {
    memory = { cloudBytes: residentBytes(cloud.cloudPid), engineBytes: residentBytes(cloud.enginePid) };
  });
  const figures: CloudFigures = { ...first, nextStartMs: cloud.startedInMs, ...memory };
  return { plan: WHOLE, cloud: figures, messageFunction, rows, lines: [...cloudLines(figures), ...lines] };
}

function startOurs(): Promise<BenchCloud> {
  return progress.step("start ours", () => startBenchCloud());
}

/** From nothing, and with an inspector that the rounds are to run without. */
async function firstStart(): Promise<Pick<CloudFigures, "firstStartMs" | "idle">> {
  forgetCloud();
  const port = await freePort();
  const cloud = await startBenchCloud([`--inspect-port=127.0.0.1:${port}`]);
  const idle = await measureIdle(cloud, port);
  await cloud.stop();
  return { firstStartMs: cloud.startedInMs, idle };
}

async function measureRows(
  only: readonly SystemName[],
  plan: Plan,
  cloud?: BenchCloud,
  loaded: () => void = () => undefined,
): Promise<readonly Row[]> {
  const contestants: Readonly<Record<SystemName, Contestant | undefined>> = {
    ours: cloud && ((options) => joinOurs(cloud, options)),
    relay: startRelay,
    "socket-io": startSocketIo,
    "serverless-offline": startServerlessOffline,
  };
  const entrants = [];
  for (const name of only) {
    const contestant = contestants[name];
    if (contestant)
      entrants.push(await progress.step(`prepare ${name}`, () => enter(contestant, plan.pairs)));
  }
  const rows = await contest(entrants, plan, progress.say);
  loaded();
  for (const { system } of entrants) await system.stop();
  return rows;
}
