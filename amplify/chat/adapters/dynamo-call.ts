// One call of DynamoDB's API, tried again while trying again can help.

import { AwsError } from "./aws-error";
import { isRecord, type Row } from "./attribute-values";
import { withRetries, type Retries, type Tried, type World } from "./retries";
import type { SendSigned } from "./signed-http";

export type DynamoAction =
  "GetItem" | "BatchGetItem" | "Query" | "PutItem" | "UpdateItem" | "DeleteItem" | "TransactWriteItems";

/** Rejects with Failed, whose cause is an AwsError or NoAnswer. */
export type DynamoCall = (action: DynamoAction, input: Row) => Promise<Tried<Row>>;

/** DynamoDB answers in a few milliseconds; more than a second of silence is a dead line. */
const ATTEMPT_MS = 1_500;
/** With all of their pauses four attempts stay below 7 s, well inside the functions' time. */
const RETRIES: Retries = { attempts: 4, firstPauseMs: 50, longestPauseMs: 400 };

export function dynamoCall(endpoint: string, send: SendSigned, world: World): DynamoCall {
  return (action, input) =>
    withRetries(RETRIES, world, async () => {
      const answer = await send({
        endpoint,
        service: "dynamodb",
        path: "/",
        headers: {
          "Content-Type": "application/x-amz-json-1.0",
          "X-Amz-Target": `DynamoDB_20120810.${action}`,
        },
        body: JSON.stringify(input),
        timeoutMs: ATTEMPT_MS,
      });
      const body = recordIn(answer.body);
      if (answer.status === 200) return body;
      const message = body["message"] ?? body["Message"] ?? `status ${answer.status}`;
      throw new AwsError(
        nameOf(body["__type"]),
        `unable to ${action}; ${String(message)}`,
        answer.status,
        body,
      );
    });
}

/** "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException" */
const nameOf = (type: unknown): string =>
  typeof type === "string" ? type.slice(type.indexOf("#") + 1) : "UnknownError";

function recordIn(body: string): Row {
  try {
    const parsed: unknown = JSON.parse(body);
    return isRecord(parsed) ? parsed : {};
  } catch {
    // Something in between answered with a page; the status says enough.
    return {};
  }
}
