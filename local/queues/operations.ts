// What SQS's JSON protocol asks of a queue. Operations that are not here are refused by name.

import { isRecord, type Json, listAt, textAt } from "../template/json";
import { md5Of, type Message } from "./message";
import type { Queue } from "./queue";
import { invalid, missing, notInFlight, unsupported } from "./sqs-error";

export type Operation = (queue: Queue, input: Json) => Json | Promise<Json>;

const MOST_RECEIVED = 10;
const LONGEST_WAIT_SECONDS = 20;
const LONGEST_VISIBILITY_SECONDS = 12 * 3_600;
const LONGEST_DELAY_SECONDS = 900;

export const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ["SendMessage", sendMessage],
  ["ReceiveMessage", receiveMessage],
  ["DeleteMessage", deleteMessage],
  ["ChangeMessageVisibility", changeMessageVisibility],
  ["GetQueueAttributes", getQueueAttributes],
  ["GetQueueUrl", (queue) => ({ QueueUrl: queue.settings.url })],
  ["PurgeQueue", purgeQueue],
]);

function sendMessage(queue: Queue, input: Json): Json {
  const body = required(input, "MessageBody");
  if (isRecord(input["MessageAttributes"]) && Object.keys(input["MessageAttributes"]).length > 0)
    throw unsupported("The local queues keep no message attributes.");
  if (Buffer.byteLength(body) > queue.settings.mostBytes)
    throw invalid(
      `One or more parameters are invalid. Reason: Message must be shorter than ${queue.settings.mostBytes} bytes.`,
    );
  const delay = count(input, "DelaySeconds", [0, LONGEST_DELAY_SECONDS]);
  const { id } = queue.send(body, delay === undefined ? undefined : delay * 1_000);
  return { MessageId: id, MD5OfMessageBody: md5Of(body) };
}

async function receiveMessage(queue: Queue, input: Json): Promise<Json> {
  const { receiveWaitMs, visibilityMs } = queue.settings;
  const most = count(input, "MaxNumberOfMessages", [1, MOST_RECEIVED]) ?? 1;
  const hideFor = count(input, "VisibilityTimeout", [0, LONGEST_VISIBILITY_SECONDS]);
  const wait = count(input, "WaitTimeSeconds", [0, LONGEST_WAIT_SECONDS]);
  const receive = () => queue.receive(most, hideFor === undefined ? visibilityMs : hideFor * 1_000);
  let messages = receive();
  const waitMs = wait === undefined ? receiveWaitMs : wait * 1_000;
  if (messages.length === 0 && waitMs > 0) {
    await queue.arrival(waitMs);
    messages = receive();
  }
  const names = [...listAt(input, "AttributeNames"), ...listAt(input, "MessageSystemAttributeNames")];
  return messages.length === 0 ? {} : { Messages: messages.map((it) => received(it, names)) };
}

function received(message: Message, names: readonly unknown[]): Json {
  const attributes: Readonly<Record<string, string>> = {
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    SentTimestamp: String(message.sentAt),
  };
  const asked = Object.entries(attributes).filter(([name]) => names.includes("All") || names.includes(name));
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    MD5OfBody: md5Of(message.body),
    Body: message.body,
    ...(asked.length > 0 && { Attributes: Object.fromEntries(asked) }),
  };
}

/** Deleting twice is no error. */
function deleteMessage(queue: Queue, input: Json): Json {
  queue.delete(required(input, "ReceiptHandle"));
  return {};
}

function changeMessageVisibility(queue: Queue, input: Json): Json {
  const seconds = count(input, "VisibilityTimeout", [0, LONGEST_VISIBILITY_SECONDS]);
  if (seconds === undefined) throw missing("VisibilityTimeout");
  if (queue.hide(required(input, "ReceiptHandle"), seconds * 1_000) === "not-in-flight") throw notInFlight();
  return {};
}

function getQueueAttributes({ settings, depth }: Queue, input: Json): Json {
  const { visible, inFlight, delayed } = depth();
  const { redrive } = settings;
  const attributes: Readonly<Record<string, string>> = {
    QueueArn: settings.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    VisibilityTimeout: String(settings.visibilityMs / 1_000),
    MessageRetentionPeriod: String(settings.retentionMs / 1_000),
    DelaySeconds: String(settings.delayMs / 1_000),
    ReceiveMessageWaitTimeSeconds: String(settings.receiveWaitMs / 1_000),
    MaximumMessageSize: String(settings.mostBytes),
    ...(redrive !== undefined && {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: redrive.arn,
        maxReceiveCount: redrive.mostReceives,
      }),
    }),
  };
  const names = listAt(input, "AttributeNames");
  const asked = Object.entries(attributes).filter(([name]) => names.includes("All") || names.includes(name));
  return { Attributes: Object.fromEntries(asked) };
}

function purgeQueue(queue: Queue): Json {
  queue.purge();
  return {};
}

function required(input: Json, name: string): string {
  const value = textAt(input, name);
  if (value === undefined || value === "") throw missing(name);
  return value;
}

function count(input: Json, name: string, [least, most]: readonly [number, number]): number | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most)
    throw invalid(
      `Value ${String(value)} for parameter ${name} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
    );
  return value;
}
