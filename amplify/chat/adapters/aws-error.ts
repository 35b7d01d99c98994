/** An answer of AWS that is no success, under AWS's own name: `err.name === "ConditionalCheckFailedException"`. */
export class AwsError extends Error {
  constructor(
    override readonly name: string,
    message: string,
    readonly status: number,
    /** What came with it: the item of a failed condition, the reasons of a cancelled transaction. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** No answer: the line broke or was silent for too long. What was asked for may have been done. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

const THROTTLED = new Set([
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
  "LimitExceededException",
  "TransactionInProgressException",
  "TransactionConflictException",
]);
const CROSSED = new Set(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]);

/** Asking again may help: nobody answered, something of AWS's failed, or it was too much at once. */
export function isPassing(error: unknown): boolean {
  if (error instanceof NoAnswer) return true;
  if (!(error instanceof AwsError)) return false;
  if (error.name === "TransactionCanceledException") return wasCrossed(error.details["CancellationReasons"]);
  return error.status >= 500 || error.status === 429 || THROTTLED.has(error.name);
}

/** Cancelled only because another write was under way, and not because a condition did not hold. */
function wasCrossed(reasons: unknown): boolean {
  const codes = Array.isArray(reasons)
    ? reasons.map((reason: { readonly Code?: unknown }) => reason.Code)
    : [];
  return (
    !codes.includes("ConditionalCheckFailed") &&
    codes.some((code) => typeof code === "string" && CROSSED.has(code))
  );
}
