// The queues on HTTP: SQS's JSON protocol, told apart from the other surfaces by its target.

import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isRecord, type Json, textAt } from "../template/json";
import { OPERATIONS } from "./operations";
import type { Queue } from "./queue";
import { denied, invalid, missing, noSuchQueue, SqsError, unsupported } from "./sqs-error";

/** What a caller must be permitted: held against the policy of the role that signed. */
export type AuthorizeQueueCall = (request: {
  readonly accessKeyId: string;
  /** "sqs:SendMessage" */
  readonly action: string;
  readonly resource: string;
}) => { readonly is: "allowed" } | { readonly is: "denied"; readonly message: string };

export type Answering = {
  readonly queueNamed: (name: string) => Queue | undefined;
  readonly authorize: AuthorizeQueueCall;
  /** Resolves when all that the request changed is on the disk. */
  readonly saved: () => Promise<void>;
};

const TARGET = /^AmazonSQS\.(\w{1,60})$/;
/** SQS's limit of a message, and what wraps it: JSON may double it. */
const LONGEST_BODY = 2 * 1_024 * 1_024 + 64 * 1_024;

export const claims = (request: IncomingMessage): boolean =>
  String(request.headers["x-amz-target"] ?? "").startsWith("AmazonSQS.");

export async function handle(
  answering: Answering,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const send = (status: number, body: Json, headers: Readonly<Record<string, string>> = {}) => {
    response.writeHead(status, {
      "content-type": "application/x-amz-json-1.0",
      "x-amzn-requestid": randomUUID(),
      ...headers,
    });
    response.end(JSON.stringify(body));
  };
  try {
    send(200, await operate(answering, request));
  } catch (error) {
    if (!(error instanceof SqsError)) throw error;
    const { status, type, message, queryCode } = error;
    send(status, { __type: type, message }, { "x-amzn-query-error": `${queryCode};Sender` });
  }
}

async function operate(answering: Answering, request: IncomingMessage): Promise<Json> {
  const name = TARGET.exec(String(request.headers["x-amz-target"]))?.[1] ?? "";
  const input = await inputOf(request);
  const operation = OPERATIONS.get(name);
  if (operation === undefined) throw unsupported(`The local queues have no operation ${name}.`);
  const queue = queueOf(answering, name, input);
  hold(answering, request, { action: `sqs:${name}`, resource: queue.settings.arn });
  const output = await operation(queue, input);
  await answering.saved();
  return output;
}

function queueOf({ queueNamed }: Answering, operation: string, input: Json): Queue {
  const asked = operation === "GetQueueUrl" ? "QueueName" : "QueueUrl";
  const value = textAt(input, asked);
  if (value === undefined) throw missing(asked);
  const queue = queueNamed(value.slice(value.lastIndexOf("/") + 1));
  if (queue === undefined) throw noSuchQueue();
  return queue;
}

function hold(
  { authorize }: Answering,
  request: IncomingMessage,
  call: { readonly action: string; readonly resource: string },
): void {
  // Whose keys signed. The signature itself is not verified here.
  const accessKeyId = /Credential=([^/,\s]+)\//.exec(request.headers.authorization ?? "")?.[1];
  if (accessKeyId === undefined) throw denied("Missing Authentication Token");
  const verdict = authorize({ accessKeyId, ...call });
  if (verdict.is === "denied") throw denied(verdict.message);
}

async function inputOf(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > LONGEST_BODY) throw invalid("The request is too long.");
    chunks.push(bytes);
  }
  try {
    const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8") || "{}");
    if (isRecord(parsed)) return parsed;
  } catch {
    // Said below, for what is JSON and no object too.
  }
  throw new SqsError(
    "com.amazon.coral.service#SerializationException",
    "MalformedInput",
    "The request is not a JSON object.",
  );
}
