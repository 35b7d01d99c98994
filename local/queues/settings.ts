// The template's queues. What a property would change is done here, or the property is refused by name.

import type { Resource } from "../resources";
import { ACCOUNT, REGION } from "../resources";
import { isRecord, textAt } from "../template/json";

export type QueueSettings = {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly visibilityMs: number;
  readonly retentionMs: number;
  readonly delayMs: number;
  readonly receiveWaitMs: number;
  readonly mostBytes: number;
  readonly redrive: Redrive | undefined;
};

/** Received more often than this, a message goes to the queue of that ARN. */
export type Redrive = { readonly arn: string; readonly mostReceives: number };

const USED = [
  "QueueName",
  "VisibilityTimeout",
  "MessageRetentionPeriod",
  "DelaySeconds",
  "ReceiveMessageWaitTimeSeconds",
  "MaximumMessageSize",
  "RedrivePolicy",
];
/** How AWS guards, bills and labels it. */
const MEANINGLESS = [
  "KmsDataKeyReusePeriodSeconds",
  "KmsMasterKeyId",
  "RedriveAllowPolicy",
  "SqsManagedSseEnabled",
  "Tags",
];

export function readQueues(
  resources: readonly Resource[],
  nameOf: (resource: Resource) => string,
): readonly QueueSettings[] {
  const queues = resources
    .filter(({ type }) => type === "AWS::SQS::Queue")
    .map((resource) => readQueue(resource, nameOf(resource)));
  for (const { name, redrive } of queues)
    if (redrive !== undefined && !queues.some(({ arn }) => arn === redrive.arn))
      throw new Error(`unable to run the queue ${name}; its dead-letter queue ${redrive.arn} is not there`);
  return queues;
}

function readQueue({ id, properties }: Resource, url: string): QueueSettings {
  const unknown = Object.keys(properties).find((it) => ![...USED, ...MEANINGLESS].includes(it));
  if (unknown !== undefined)
    throw new Error(
      `unable to run the queue ${id}; the local cloud does not know its property ${unknown}: add it to local/queues/settings.ts`,
    );
  const seconds = (property: string, otherwise: number) =>
    1_000 * numberIn(properties[property], otherwise, `${id}.${property}`);
  const name = url.slice(url.lastIndexOf("/") + 1);
  // The numbers are SQS's own defaults.
  return {
    name,
    url,
    arn: `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`,
    visibilityMs: seconds("VisibilityTimeout", 30),
    retentionMs: seconds("MessageRetentionPeriod", 4 * 24 * 3_600),
    delayMs: seconds("DelaySeconds", 0),
    receiveWaitMs: seconds("ReceiveMessageWaitTimeSeconds", 0),
    mostBytes: numberIn(properties["MaximumMessageSize"], 1_024 * 1_024, `${id}.MaximumMessageSize`),
    redrive: redriveIn(properties["RedrivePolicy"], id),
  };
}

/** CloudFormation takes numbers as text too. */
function numberIn(value: unknown, otherwise: number, where: string): number {
  if (value === undefined) return otherwise;
  const read = typeof value === "boolean" || value === "" ? NaN : Number(value);
  if (Number.isNaN(read)) throw new Error(`unable to read ${where}; it is not a number`);
  return read;
}

function redriveIn(policy: unknown, id: string): Redrive | undefined {
  if (policy === undefined) return undefined;
  const arn = textAt(policy, "deadLetterTargetArn");
  if (!isRecord(policy) || arn === undefined)
    throw new Error(`unable to run the queue ${id}; its RedrivePolicy names no deadLetterTargetArn`);
  return { arn, mostReceives: numberIn(policy["maxReceiveCount"], 10, `${id}.RedrivePolicy`) };
}
