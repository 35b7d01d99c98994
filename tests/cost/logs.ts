// What the logs come to besides what comes in of the functions, which the meter bills: that it lies there. And what the
// gateway's access logs would add, which are off at first (PARLEY_ACCESS_LOGS) and which nothing writes here.

import type { BillLine } from "../../local/meter/bill";
import { dollarsFor } from "../../local/meter/prices";
import type { Usage } from "../../local/meter/usage";

type Logged = { readonly lines: number; readonly bytes: number };

/** A line of the format that amplify/chat/websocket-api.ts sets, as it would be written. */
export const ACCESS_LINE = JSON.stringify({
  requestId: "kzyoFUtj-K5oJFI=",
  connectionId: "9Q5PsqgV1bpVOl4=",
  eventType: "MESSAGE",
  routeKey: "$default",
  status: "200",
  integrationLatency: "23",
});

/** As both are kept: amplify/chat/function.ts and websocket-api.ts. */
const MONTHS = { functions: 12, access: 1 };
/**
 * "Archived" bytes are compressed ones and 26 of each line. AWS's calculator reckons with 0.15; `gzip -6` makes 0.13 of
 * a day's lines here.
 */
const COMPRESSED = 0.15;
const LINE_BYTES = 26;
const BYTES_A_GB = 1024 ** 3;

/** A line for each message from a client, and for each connection that opens and closes. */
function accessLogs({ frames, runs }: Usage): Logged {
  const up = frames.filter(({ direction }) => direction === "up");
  const ends = runs.filter(({ cause }) => cause === "$connect" || cause === "$disconnect");
  const lines =
    up.reduce((sum, { count }) => sum + count, 0) + ends.reduce((sum, { requests }) => sum + requests, 0);
  return { lines, bytes: lines * ACCESS_LINE.length };
}

const functionLogs = ({ logs }: Usage): Logged => ({
  lines: logs.reduce((sum, { lines }) => sum + lines, 0),
  bytes: logs.reduce((sum, { bytes }) => sum + bytes, 0),
});

export const loggedBytes = (usage: Usage): number => functionLogs(usage).bytes;

const keptGb = ({ lines, bytes }: Logged): number => (bytes * COMPRESSED + lines * LINE_BYTES) / BYTES_A_GB;

/** What a day has logged is billed by the month for as long as it lies there. */
export function keptLogs(usage: Usage): BillLine {
  const quantity = keptGb(functionLogs(usage)) * MONTHS.functions;
  return {
    ...{ price: "logStorage", cause: "logs", detail: "", quantity },
    dollars: dollarsFor("logStorage", quantity),
  };
}

export function accessLogDollars(usage: Usage): number {
  const access = accessLogs(usage);
  return (
    dollarsFor("logIngestion", access.bytes / BYTES_A_GB) +
    dollarsFor("logStorage", keptGb(access) * MONTHS.access)
  );
}
