// One JSON line an event. Ids, codes and durations only: no text, no name, no token.

import { AwsError, NoAnswer } from "./aws-error";
import { Failed } from "./retries";

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export function writeLine(fields: LogFields): void {
  process.stdout.write(`${JSON.stringify(fields)}\n`);
}

/**
 * What is safe to tell of an error. Messages are told only where they are AWS's or ours about AWS: a parser's
 * message quotes what it could not parse, and that may be what somebody wrote.
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const told = error instanceof Failed && error.cause instanceof Error ? error.cause : error;
  const isAboutAws = told instanceof AwsError || told instanceof NoAnswer;
  return {
    error: told.name,
    ...(isAboutAws ? { message: told.message } : {}),
    stack: framesOf(told),
  };
}

const framesOf = (error: Error): string =>
  (error.stack ?? "")
    .split("\n")
    .filter((line) => line.startsWith("    at "))
    .map((line) => line.trim())
    .join("; ");
