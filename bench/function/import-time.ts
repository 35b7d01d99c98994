// How long a fresh process takes to load a bundle: what a cold start waits for, besides Lambda's own work.

import { spawnSync } from "node:child_process";
import { type Spread, spreadOf } from "../load/figures";

const TIMED = `
const startedAt = performance.now();
require(process.argv[1]);
process.stdout.write(String(performance.now() - startedAt));
`;

/** The function reads them when it is loaded; nothing is called. */
const VARIABLES = {
  ...{ LOG_TABLE: "log", INBOX_TABLE: "inbox", CONNECTIONS_TABLE: "connections", PEOPLE_TABLE: "people" },
  RATE_MESSAGES: "60",
  ...{ AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" },
};

/** In turns, so that a machine that is slower for a while is slower for each of them. */
export function importTimes(files: readonly string[], times: number): readonly Spread[] {
  const takenMs = files.map((): number[] => []);
  for (let time = 0; time < times; time++)
    for (const [index, file] of files.entries()) takenMs[index]?.push(importOnce(file));
  return takenMs.map(spreadOf);
}

function importOnce(file: string): number {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", TIMED, file], {
    encoding: "utf8",
    env: { ...VARIABLES, NODE_NO_WARNINGS: "1" },
  });
  // Node shows the line it failed at first, and a bundle's lines are as long as the bundle.
  const why = /^\w*Error: .*$/m.exec(stderr)?.[0] ?? "no reason";
  if (status !== 0) throw new Error(`unable to load ${file}; ${why}`);
  return Number(stdout);
}
