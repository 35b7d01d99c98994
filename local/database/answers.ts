// What DynamoDB answers in its own words, besides what the engine says.

export type Answer = { readonly status: number; readonly body: string };

const error = (status: number, type: string, words: Readonly<Record<string, unknown>>): Answer => ({
  status,
  body: JSON.stringify({ __type: type, ...words }),
});

const CORAL = "com.amazon.coral.service#";
const DYNAMO = "com.amazonaws.dynamodb.v20120810#";

export const MISSING_TOKEN = error(400, `${CORAL}MissingAuthenticationTokenException`, {
  message: "Request is missing Authentication Token",
});
export const UNKNOWN_TOKEN = error(400, `${CORAL}UnrecognizedClientException`, {
  message: "The security token included in the request is invalid.",
});
export const UNKNOWN_OPERATION = error(400, `${CORAL}UnknownOperationException`, {});
export const NO_JSON = error(400, `${CORAL}SerializationException`, {});

export const accessDenied = (message: string): Answer =>
  error(400, `${CORAL}AccessDeniedException`, { Message: message });

export const THROTTLED = error(400, "com.amazon.coral.availability#ThrottlingException", {
  message:
    "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly.",
});
export const PARTITION_FULL = error(400, `${DYNAMO}ProvisionedThroughputExceededException`, {
  message:
    "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.",
});
export const FAILED = error(500, `${DYNAMO}InternalServerError`, { message: "Internal server error" });

const ONGOING = "Transaction is ongoing for the item";

/** The first item of a transaction is the one that was in the way. */
export function conflict(action: string, input: unknown): Answer {
  if (action !== "TransactWriteItems")
    return error(400, `${DYNAMO}TransactionConflictException`, { message: ONGOING });
  const items = typeof input === "object" && input !== null ? Reflect.get(input, "TransactItems") : [];
  const reasons = (Array.isArray(items) ? items : []).map((_, index) =>
    index === 0 ? { Code: "TransactionConflict", Message: ONGOING } : { Code: "None" },
  );
  const codes = reasons.map(({ Code }) => Code).join(", ");
  return error(400, `${DYNAMO}TransactionCanceledException`, {
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    CancellationReasons: reasons,
  });
}
