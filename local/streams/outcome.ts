// What became of a batch, by what the function answered.

import type { Invocation } from "../resources";
import { isRecord } from "../template/json";
import type { StreamRecord } from "./stream-record";

export type Outcome =
  | { readonly is: "done" }
  /** All before this place are done. */
  | { readonly is: "partly"; readonly from: number }
  | { readonly is: "failed"; readonly by: "error" | "report" }
  /** The function did not run; that is no attempt. */
  | { readonly is: "not-invoked" };

const DONE: Outcome = { is: "done" };
const WHOLLY: Outcome = { is: "failed", by: "report" };

export function outcomeOf(
  invocation: Invocation,
  records: readonly StreamRecord[],
  reportsFailures: boolean,
): Outcome {
  switch (invocation.is) {
    case "returned":
      return reportsFailures ? reported(invocation.payload, records) : DONE;
    case "failed":
      return invocation.errorType === "TooManyRequestsException"
        ? { is: "not-invoked" }
        : { is: "failed", by: "error" };
    case "timed-out":
      return { is: "failed", by: "error" };
    default:
      return invocation satisfies never;
  }
}

/** `{ batchItemFailures: [{ itemIdentifier: "<SequenceNumber>" }] }`. What is malformed counts as a whole failure. */
function reported(payload: unknown, records: readonly StreamRecord[]): Outcome {
  if (payload === null || payload === undefined || !isRecord(payload)) return DONE;
  const failures = payload["batchItemFailures"];
  if (!Array.isArray(failures) || failures.length === 0) return DONE;
  const places = failures.map((failure: unknown) => {
    const number = isRecord(failure) ? failure["itemIdentifier"] : undefined;
    return records.findIndex((record) => record.number === number);
  });
  if (places.includes(-1)) return WHOLLY;
  const from = Math.min(...places);
  return from === 0 ? WHOLLY : { is: "partly", from };
}
