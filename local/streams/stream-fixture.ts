// A streamed table in a real engine, a function that the test writes, and the streams between them.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../clock";
import { createQueues, type Queues } from "../queues/create-queues";
import { ACCOUNT, type Invocation, REGION, type Resource } from "../resources";
import { type EngineClient, engineClient } from "../tables/engine-client";
import { makeTables } from "../tables/make-tables";
import { tableDefinition } from "../tables/table-definition";
import { type Json, listAt, recordAt, textAt } from "../template/json";
import { wallClock } from "../wall-clock";
import { createStreams, type Streams, type StreamsOptions } from "./create-streams";

export const QUEUE_ARN = `arn:aws:sqs:${REGION}:${ACCOUNT}:dead`;
export const FUNCTION_ARN = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:relay`;

/** Throws to fail; what it answers is what the function answers. */
export type Handler = (records: readonly Json[]) => unknown;

export type Stand = {
  readonly table: string;
  readonly streamArn: string;
  readonly resources: readonly Resource[];
  readonly call: EngineClient;
  readonly queues: Queues;
  readonly dataDir: string;
  put(item: Json): Promise<Json>;
  start(handler: Handler, more?: Partial<StreamsOptions>): Streams;
  stop(): Promise<void>;
};

export async function stand(options: {
  readonly endpoint: string;
  readonly table: string;
  readonly mapping?: Json;
  readonly view?: string;
  readonly clock?: Clock;
}): Promise<Stand> {
  const { endpoint, table, clock = wallClock } = options;
  const streamArn = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${table}/stream/2025-01-01T00:00:00.000`;
  const log: Resource = {
    id: table,
    type: "AWS::DynamoDB::Table",
    properties: {
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "log", AttributeType: "S" },
        { AttributeName: "seq", AttributeType: "N" },
      ],
      KeySchema: [
        { AttributeName: "log", KeyType: "HASH" },
        { AttributeName: "seq", KeyType: "RANGE" },
      ],
      StreamSpecification: { StreamViewType: options.view ?? "NEW_AND_OLD_IMAGES" },
      TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
    },
  };
  const mapping: Resource = {
    id: `${table}-mapping`,
    type: "AWS::Lambda::EventSourceMapping",
    properties: {
      EventSourceArn: streamArn,
      FunctionName: FUNCTION_ARN,
      StartingPosition: "TRIM_HORIZON",
      ...options.mapping,
    },
  };
  const queue: Resource = { id: "dead", type: "AWS::SQS::Queue", properties: {} };
  const relay: Resource = { id: "relay", type: "AWS::Lambda::Function", properties: {} };
  const resources = [log, relay, mapping, queue];
  const nameOf = ({ id, type }: Resource) => (type === "AWS::SQS::Queue" ? `https://sqs/0/${id}` : id);
  const dataDir = mkdtempSync(join(tmpdir(), "streams-"));
  const call = engineClient(endpoint);
  await makeTables(call, [tableDefinition(log, table)]);
  const queues = createQueues({
    ...{ resources, nameOf, dataDir, clock },
    authorize: () => ({ is: "allowed" }),
  });
  const started: Streams[] = [];

  return {
    ...{ table, streamArn, resources, call, queues, dataDir },
    put: (item) => call("PutItem", { TableName: table, Item: item }),
    start: (handler, more = {}) => {
      const invoke = async (_arn: string, event: unknown): Promise<Invocation> => {
        try {
          const records = listAt(event, "Records").map((record) => recordAt({ record }, "record"));
          return { is: "returned", payload: await handler(records) };
        } catch (error) {
          return { is: "failed", errorType: "Error", errorMessage: String(error) };
        }
      };
      const streams = createStreams({
        ...{ resources, nameOf, queues, clock, dataDir },
        engineEndpoint: () => endpoint,
        functions: { invoke },
        tell: () => undefined,
        ...more,
      });
      started.push(streams);
      return streams;
    },
    stop: async () => {
      await Promise.all(started.map((streams) => streams.stop()));
    },
  };
}

export const item = (log: string, seq: number, more: Json = {}): Json => ({
  log: { S: log },
  seq: { N: String(seq) },
  ...more,
});

/** "a2", of the record of the second item of log a. */
export const labelOf = (record: Json): string => {
  const keys = recordAt(recordAt(record, "dynamodb"), "Keys");
  return `${textAt(keys["log"], "S") ?? ""}${textAt(keys["seq"], "N") ?? ""}`;
};

export const numberOf = (record: Json): string | undefined =>
  textAt(recordAt(record, "dynamodb"), "SequenceNumber");
