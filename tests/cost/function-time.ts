// How long a run is reckoned to take on Lambda. What it takes here says little: this machine has other processors,
// and its database is next door. So dollars go by these constants, and what was measured is printed beside them.
//
// A run is reckoned as if its calls were made one after the other; most are, and none is left out.

import type { RunUsage, Usage } from "../../local/meter/usage";

/**
 * Its own work. Measured: 0.8 ms of a whole processor for a message (docs/decisions/0008). 512 MB have 0.29 of one
 * on Lambda, which gives a whole one at 1,769 MB.
 */
const OWN_MS = 3;
/** DynamoDB answers in "single-digit milliseconds". */
const DATABASE_CALL_MS = 5;
/** Not published. A signed HTTPS request within the region, to a service that finds the socket's host. */
const POST_MS = 10;
/** "Typically under 1% of invocations": AWS, when it began to bill cold starts. */
const COLD_SHARE = 0.01;
/** A small bundle on Node 22. */
const COLD_MS = 250;

const MB_A_GB = 1_024;

/** The same use with reckoned times for the measured ones. */
export function withReckonedTimes(usage: Usage): Usage {
  return { ...usage, runs: usage.runs.map((run) => reckoned(run, usage)) };
}

function reckoned(run: RunUsage, { database, frames }: Usage): RunUsage {
  const mine = ({ functionName, cause }: { readonly functionName: string; readonly cause: string }) =>
    functionName === run.functionName && cause === run.cause;
  // A write to an index is part of the write to its table.
  const calls = database
    .filter((use) => mine(use) && (use.index === undefined || use.readUnits > 0))
    .reduce((sum, use) => sum + use.calls, 0);
  const posts = frames
    .filter(({ route, cause }) => route === "@connections" && cause === run.cause)
    .reduce((sum, use) => sum + use.count, 0);
  const runMs = run.requests * OWN_MS + calls * DATABASE_CALL_MS + posts * POST_MS;
  const initMs = run.requests * COLD_SHARE * COLD_MS;
  const coldStarts = run.requests * COLD_SHARE;
  return {
    ...run,
    runMs,
    initMs,
    coldStarts,
    gbSeconds: ((runMs + initMs) / 1_000) * (run.memoryMb / MB_A_GB),
  };
}
