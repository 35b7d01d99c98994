// What the functions are told by their environment, parsed once in a cold start. The AWS_… names are those that
// every AWS library honours.

import * as v from "valibot";
import { MOST_RATE_MESSAGES } from "../../../core/domain/limits";

const text = v.pipe(v.string(), v.minLength(1));

export const awsVariables = v.object({
  AWS_REGION: text,
  AWS_ACCESS_KEY_ID: text,
  AWS_SECRET_ACCESS_KEY: text,
  AWS_SESSION_TOKEN: v.exactOptional(text),
  AWS_ENDPOINT_URL_DYNAMODB: v.exactOptional(text),
  AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: v.exactOptional(text),
});
export type AwsVariables = v.InferOutput<typeof awsVariables>;

/** Each function is told of the tables that it may use, and of no other. */
export const connectVariables = v.object({ CONNECTIONS_TABLE: text });
export const disconnectVariables = v.object({ ...connectVariables.entries, PEOPLE_TABLE: text });
const logVariables = v.object({ ...disconnectVariables.entries, LOG_TABLE: text, INBOX_TABLE: text });
export const relayVariables = v.object({ ...logVariables.entries, API_ID: text, STAGE: text });
export const framesVariables = v.object({
  ...logVariables.entries,
  RATE_MESSAGES: v.pipe(
    text,
    v.transform(Number),
    v.integer(),
    v.minValue(1),
    v.maxValue(MOST_RATE_MESSAGES),
  ),
});

export const admissionVariables = v.object({
  USER_POOL_ID: text,
  USER_POOL_CLIENT_ID: text,
  ALLOWED_ORIGINS: v.string(),
});

export function readVariables<T extends v.GenericSchema>(schema: T): v.InferOutput<T> {
  const parsed = v.safeParse(schema, process.env);
  if (parsed.success) return parsed.output;
  const names = parsed.issues.map((issue) => v.getDotPath(issue)).join(", ");
  throw new Error(`unable to start; the environment lacks ${names}`);
}
