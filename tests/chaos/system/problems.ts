// What the functions have written of errors that no fault of the harness explains: a refusal is no error, and what
// AWS or the line to it answers while the weather is bad is the weather's.

import * as v from "valibot";

const line = v.object({
  level: v.string(),
  error: v.optional(v.string()),
  message: v.optional(v.string()),
  stack: v.optional(v.string()),
});

/** Of our adapters about AWS, and AWS's own for what was injected. */
const OF_THE_WEATHER = [
  ...["NoAnswer", "Failed", "AwsError"],
  ...["ProvisionedThroughputExceededException", "ThrottlingException", "InternalServerError"],
  ...["TransactionCanceledException", "TransactionConflictException", "LimitExceededException"],
  ...["RequestLimitExceeded", "ServiceUnavailable", "TooManyRequestsException"],
];

export const problemsIn = (log: string): readonly string[] => [
  ...new Set(log.split("\n").flatMap(problemIn)),
];

function problemIn(text: string): readonly string[] {
  if (!text.startsWith("{")) return [];
  const read = v.safeParse(line, parsed(text));
  if (!read.success || read.output.level !== "error") return [];
  const { error = "an error without a name", message = "", stack = "" } = read.output;
  return OF_THE_WEATHER.includes(error) ? [] : [`${error} ${message} ${stack}`.trim()];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Cut off in the middle by a kill.
    return undefined;
  }
}
