import type { FunctionSettings } from "./settings";

export type Report = {
  readonly requestId: string;
  readonly durationMs: number;
  /** In the first event of an environment only: thread, load and module code together. */
  readonly initMs: number | undefined;
  readonly timedOut: boolean;
};

/** The last line of an event in the log, as Lambda writes it. */
export function reportLine(settings: FunctionSettings, report: Report): string {
  const parts = [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${report.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(report.durationMs)} ms`,
    `Memory Size: ${settings.memoryMb} MB`,
  ];
  if (report.initMs !== undefined) parts.push(`Init Duration: ${report.initMs.toFixed(2)} ms`);
  if (report.timedOut) parts.push("Status: timeout");
  return parts.join("\t");
}
