// What the logs come to besides the functions' lines, which the meter counts: the gateway's access logs, which nothing
// writes here, and all of it lying there.

import type { BillLine } from "../../local/meter/bill";
import { dollarsFor, type PriceName } from "../../local/meter/prices";
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

export const loggedBytes = (usage: Usage): number => functionLogs(usage).bytes + accessLogs(usage).bytes;

/** What a day has logged is billed when it comes, and then by the month for as long as it lies there. */
export function logLines(usage: Usage): readonly BillLine[] {
  const access = accessLogs(usage);
  const kept = ({ lines, bytes }: Logged) => (bytes * COMPRESSED + lines * LINE_BYTES) / BYTES_A_GB;
  const gbMonths = kept(functionLogs(usage)) * MONTHS.functions + kept(access) * MONTHS.access;
  const line = (price: PriceName, quantity: number): BillLine => ({
    ...{ price, cause: "logs", detail: "", quantity },
    dollars: dollarsFor(price, quantity),
  });
  return [line("logIngestion", access.bytes / BYTES_A_GB), line("logStorage", gbMonths)];
}
