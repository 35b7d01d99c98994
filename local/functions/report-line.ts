// What Lambda itself writes into a function's log, byte for byte where that can be: logs are billed by the byte.
//
//   INIT_START …   an environment begins to load; with START, END and REPORT it is four lines, and three without
//   START …        an event begins
//   END …          and ends
//   REPORT …       what it took
//
// Each line here is a log event there, with its line feed: the runtime's own writer ends a message with one, and so do
// these in what GetLogEvents answers (developer guide, "Viewing CloudWatch logs for Lambda functions").

import type { FunctionSettings } from "./settings";

export const LINE_FEED_BYTES = 1;

/** No version is run here: zeros, as many as AWS's own has digits. */
const VERSION = "v00";
const DIGEST = "0".repeat(64);

/** Developer guide, "Identifying Lambda runtime version changes". */
export function initStartLine({ runtime, arn }: Pick<FunctionSettings, "runtime" | "arn">): string {
  const name = runtime.replace(/^nodejs(\d+).*$/, "nodejs:$1");
  const region = arn.split(":")[3] ?? "";
  return `INIT_START Runtime Version: ${name}.${VERSION}\tRuntime Version ARN: arn:aws:lambda:${region}::runtime:${DIGEST}`;
}

export const startLine = (requestId: string): string => `START RequestId: ${requestId} Version: $LATEST`;
export const endLine = (requestId: string): string => `END RequestId: ${requestId}`;

export type Report = {
  readonly requestId: string;
  readonly durationMs: number;
  /** In the first event of an environment only: thread, load and module code together. */
  readonly initMs: number | undefined;
  readonly memoryUsedMb: number;
  readonly timedOut: boolean;
};

/**
 * A cold start is billed with the event that it was for, and the sum is rounded up: "Duration: 395.99 ms Billed
 * Duration: 662 ms … Init Duration: 265.72 ms" (open-telemetry/opentelemetry-lambda#2011, October 2025). The tab at
 * the end is Lambda's.
 */
export function reportLine(settings: Pick<FunctionSettings, "memoryMb">, report: Report): string {
  const parts = [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${report.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(report.durationMs + (report.initMs ?? 0))} ms`,
    `Memory Size: ${settings.memoryMb} MB`,
    `Max Memory Used: ${report.memoryUsedMb} MB`,
  ];
  if (report.initMs !== undefined) parts.push(`Init Duration: ${report.initMs.toFixed(2)} ms`);
  if (report.timedOut) parts.push("Status: timeout");
  return `${parts.join("\t")}\t`;
}
