// `npm run bench`: how long a message takes from one person's `send` until the other has it, through the whole local
// cloud and through what else one could build with, in one run on one machine.
//
//   --quick          one short round and nothing else, for tuning
//   --only ours,relay   these systems

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { endOnSignals } from "../local/processes";
import { createProgress, fail } from "../local/progress";
import { type Contestant, contest, enter, type Plan } from "./contest";
import { machine } from "./machine";
import { type BenchOptions, readBenchOptions, type SystemName } from "./options";
import { installPeers, peerVersions } from "./peers";
import { startBenchCloud } from "./systems/cloud";
import { joinOurs } from "./systems/ours";
import { startRelay } from "./systems/relay";
import { startServerlessOffline } from "./systems/serverless-offline";
import { startSocketIo } from "./systems/socket-io";
import { tableLines } from "./table";

const RESULTS = ".local/bench/bench.json";

const MODES: Plan["modes"] = [
  { is: "in flight", messages: 1 },
  { is: "in flight", messages: 8 },
  { is: "steady", perSecond: 100 },
];
const WHOLE: Plan = { pairs: 10, rounds: 3, roundMs: 4_000, warmUpMs: 1_000, modes: MODES };
const QUICK: Plan = { ...WHOLE, rounds: 1, roundMs: 2_000, warmUpMs: 500 };

const CONTESTANTS: Readonly<Record<SystemName, Contestant>> = {
  ours: async (options) => joinOurs(await startBenchCloud(), options),
  relay: startRelay,
  "socket-io": startSocketIo,
  "serverless-offline": startServerlessOffline,
};

const progress = createProgress();
endOnSignals(() => Promise.resolve());

try {
  await run(readBenchOptions(process.argv.slice(2)));
  process.exit(0);
} catch (problem) {
  fail(problem);
}

async function run({ only, isQuick }: BenchOptions): Promise<void> {
  const plan = isQuick ? QUICK : WHOLE;
  if (only.some((name) => name !== "ours")) installPeers(progress.say);
  mkdirSync(dirname(RESULTS), { recursive: true });
  const entrants = [];
  for (const name of only)
    entrants.push(await progress.step(`start ${name}`, () => enter(CONTESTANTS[name], plan.pairs)));
  const rows = await contest(entrants, plan, progress.say);
  for (const line of ["", ...tableLines(rows), ""]) progress.say(line);
  const result = { machine: machine(), peers: peerVersions(), plan, rows };
  writeFileSync(RESULTS, `${JSON.stringify(result, undefined, 2)}\n`);
  progress.say(`Written to ${RESULTS}`);
  for (const { system } of entrants) await system.stop();
}
