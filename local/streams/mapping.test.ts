import { describe, expect, it } from "vitest";
import type { Resource } from "../resources";
import { turnableClock } from "../turnable-clock";
import type { Json } from "../template/json";
import { createStreams, type StreamsOptions } from "./create-streams";
import { itemBytes } from "./item-size";
import { readMappings } from "./mapping";

const STREAM = "arn:aws:dynamodb:us-east-1:000000000000:table/log/stream/2025-01-01T00:00:00.000";
const table = (properties: Json = { StreamSpecification: { StreamViewType: "KEYS_ONLY" } }): Resource => ({
  ...{ id: "log", type: "AWS::DynamoDB::Table", properties },
});
const RELAY: Resource = { id: "relay", type: "AWS::Lambda::Function", properties: {} };
const mapping = (more: Json = {}): Resource => ({
  id: "relay",
  type: "AWS::Lambda::EventSourceMapping",
  properties: { EventSourceArn: STREAM, FunctionName: "relay", StartingPosition: "TRIM_HORIZON", ...more },
});
const nameOf = ({ id }: Resource) => id;
const read = (more: Json, log = table()) => readMappings([log, RELAY, mapping(more)], nameOf);

describe("an event source mapping", () => {
  it("has Lambda's own defaults", () => {
    expect(read({})).toEqual([
      {
        ...{ id: "relay", table: "log", streamArn: STREAM, view: "KEYS_ONLY", startAt: "TRIM_HORIZON" },
        functionArn: "arn:aws:lambda:us-east-1:000000000000:function:relay",
        ...{ batchSize: 100, windowMs: 0, lanes: 1, mostRetries: Infinity, mostAgeMs: 24 * 3_600_000 },
        ...{ bisects: false, reportsFailures: false, filters: [], onFailure: undefined },
      },
    ]);
  });

  it("is left out where it is not enabled", () => {
    expect(read({ Enabled: false })).toEqual([]);
  });

  it.each([
    ["its property TumblingWindowInSeconds", { TumblingWindowInSeconds: 5 }],
    ["is not the stream of a table", { EventSourceArn: "arn:aws:sqs:us-east-1:0:queue" }],
    ["function:ghost is not of this template", { FunctionName: "ghost" }],
    ["its StartingPosition is AT_TIMESTAMP", { StartingPosition: "AT_TIMESTAMP" }],
    ["must be from 1 to 10000", { BatchSize: 0 }],
    ["must be from 60 to 604800", { MaximumRecordAgeInSeconds: 5 }],
    ["the function response type ReportAll", { FunctionResponseTypes: ["ReportAll"] }],
    ["does not know the comparison wildcard", filter({ eventName: [{ wildcard: "INS*" }] })],
  ])("is refused where %s", (reason, properties) => {
    expect(() => read(properties)).toThrow(reason);
  });

  it("is refused on a table whose view nobody knows", () => {
    expect(() => read({}, table({}))).toThrow(/its StreamViewType is missing/);
  });
});

describe("a mapping that AWS would not make", () => {
  const queue = "arn:aws:sqs:us-east-1:000000000000:dead";
  const start = (more: Partial<StreamsOptions>) =>
    createStreams({
      resources: [table(), RELAY, mapping({ DestinationConfig: { OnFailure: { Destination: queue } } })],
      ...{ nameOf, clock: turnableClock(), dataDir: "/nowhere", tell: () => undefined },
      engineEndpoint: () => "http://127.0.0.1:9",
      functions: { invoke: () => Promise.reject(new Error("not called")) },
      queues: { arns: [queue], send: () => Promise.resolve() },
      ...more,
    });

  it("is refused when the function's role may not read the stream", () => {
    const authorize: StreamsOptions["authorize"] = ({ action }) =>
      action === "dynamodb:GetRecords" ? { is: "denied", message: `no ${action}` } : { is: "allowed" };
    expect(() => start({ authorize })).toThrow(/AWS would refuse the mapping: no dynamodb:GetRecords/);
  });

  it("is refused when its destination is not there", () => {
    const queues = { arns: [], send: () => Promise.resolve() };
    expect(() => start({ queues })).toThrow(/on-failure destination .*dead is not a queue/);
  });
});

describe("the size of an item", () => {
  it("is counted as DynamoDB does", () => {
    expect(itemBytes({ id: { S: "é" }, n: { N: "-12.50" }, gone: { NULL: true }, b: { B: "AAEC" } })).toBe(
      2 + 2 + (1 + 4) + (4 + 1) + (1 + 3),
    );
    expect(
      itemBytes({ l: { L: [{ S: "a" }] }, m: { M: { k: { BOOL: true } } }, s: { SS: ["aa", "b"] } }),
    ).toBe(1 + 3 + (1 + 1) + (1 + 3 + 1 + 1 + 1) + (1 + 3));
  });
});

function filter(pattern: Json): Json {
  return { FilterCriteria: { Filters: [{ Pattern: JSON.stringify(pattern) }] } };
}
