// The template's event source mappings: which function gets the changes of which table, and how. What a property
// would change is done here, or the property is refused by name.

import { ACCOUNT, REGION, type Resource } from "../resources";
import { isRecord, type Json, listAt, recordAt, textAt } from "../template/json";
import { type Matches, readPattern } from "./filter-pattern";
import { countIn, flagIn, limitIn, type Where } from "./property";
import { readView, type View } from "./view";

export type Mapping = {
  readonly id: string;
  readonly table: string;
  readonly streamArn: string;
  readonly functionArn: string;
  readonly view: View;
  readonly startAt: "TRIM_HORIZON" | "LATEST";
  readonly batchSize: number;
  readonly windowMs: number;
  /** Batches at the same time; the records of one partition key stay in one of them. */
  readonly lanes: number;
  readonly mostRetries: number;
  readonly mostAgeMs: number;
  readonly bisects: boolean;
  readonly reportsFailures: boolean;
  /** A record that none of them matches is left out. Without any, all are taken. */
  readonly filters: readonly Matches[];
  /** The queue that is told of what was given up. */
  readonly onFailure: string | undefined;
};

const KNOWN = [
  "BatchSize",
  "BisectBatchOnFunctionError",
  "DestinationConfig",
  "Enabled",
  "EventSourceArn",
  "FilterCriteria",
  "FunctionName",
  "FunctionResponseTypes",
  "MaximumBatchingWindowInSeconds",
  "MaximumRecordAgeInSeconds",
  "MaximumRetryAttempts",
  "ParallelizationFactor",
  "StartingPosition",
  "Tags",
];

/** A stream keeps a record for a day, so nothing is tried for longer. */
const RETENTION_MS = 24 * 3_600_000;

/** Those that are enabled. */
export function readMappings(
  resources: readonly Resource[],
  nameOf: (resource: Resource) => string,
): readonly Mapping[] {
  return resources
    .filter(({ type, properties }) => type === "AWS::Lambda::EventSourceMapping" && isEnabled(properties))
    .map((resource) => readMapping(resource, resources, nameOf));
}

const isEnabled = (properties: Json) => flagIn(properties["Enabled"], true);

function readMapping(
  resource: Resource,
  resources: readonly Resource[],
  nameOf: (resource: Resource) => string,
): Mapping {
  const { id, properties } = resource;
  const unknown = Object.keys(properties).find((property) => !KNOWN.includes(property));
  if (unknown !== undefined)
    throw new Error(
      `unable to run the event source mapping ${id}; the local cloud does not know its property ${unknown}: add it to local/streams/mapping.ts`,
    );
  const at = (property: string): Where => ({ value: properties[property], name: `${id}.${property}` });
  const streamArn = textAt(properties, "EventSourceArn") ?? "";
  const tableName = /:dynamodb:[^/]*:table\/([^/]+)\/stream\//.exec(streamArn)?.[1];
  const table = resources.find((it) => it.type === "AWS::DynamoDB::Table" && nameOf(it) === tableName);
  if (tableName === undefined || table === undefined)
    throw new Error(
      `unable to run the event source mapping ${id}; its source ${streamArn} is not the stream of a table of this template`,
    );
  const functionArn = functionArnIn(textAt(properties, "FunctionName") ?? "");
  const isOfFunction = (it: Resource) =>
    it.type === "AWS::Lambda::Function" && functionArn === functionArnIn(nameOf(it));
  if (!resources.some(isOfFunction))
    throw new Error(
      `unable to run the event source mapping ${id}; its function ${functionArn} is not of this template`,
    );
  return {
    id: nameOf(resource),
    table: tableName,
    streamArn,
    functionArn,
    view: readView(table),
    startAt: startIn(properties, id),
    batchSize: countIn(at("BatchSize"), 100, [1, 10_000]),
    windowMs: 1_000 * countIn(at("MaximumBatchingWindowInSeconds"), 0, [0, 300]),
    lanes: countIn(at("ParallelizationFactor"), 1, [1, 10]),
    mostRetries: limitIn(at("MaximumRetryAttempts"), [0, 10_000]),
    mostAgeMs: Math.min(RETENTION_MS, 1_000 * limitIn(at("MaximumRecordAgeInSeconds"), [60, 604_800])),
    bisects: flagIn(properties["BisectBatchOnFunctionError"], false),
    reportsFailures: reportsFailures(properties, id),
    filters: filtersIn(properties, id),
    onFailure: textAt(recordAt(recordAt(properties, "DestinationConfig"), "OnFailure"), "Destination"),
  };
}

/** A name or an ARN, as `Ref` and `Fn::GetAtt` give it. */
const functionArnIn = (name: string): string =>
  name.startsWith("arn:") ? name : `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;

function startIn(properties: Json, id: string): Mapping["startAt"] {
  const start = properties["StartingPosition"];
  if (start === "TRIM_HORIZON" || start === "LATEST") return start;
  throw new Error(
    `unable to run the event source mapping ${id}; its StartingPosition is ${String(start)}, and a table's stream starts at TRIM_HORIZON or LATEST`,
  );
}

function reportsFailures(properties: Json, id: string): boolean {
  const types = listAt(properties, "FunctionResponseTypes");
  const unknown = types.find((type) => type !== "ReportBatchItemFailures");
  if (unknown !== undefined)
    throw new Error(
      `unable to run the event source mapping ${id}; the local cloud does not know the function response type ${String(unknown)}`,
    );
  return types.length > 0;
}

const filtersIn = (properties: Json, id: string): readonly Matches[] =>
  listAt(recordAt(properties, "FilterCriteria"), "Filters").map((filter) =>
    readPattern(isRecord(filter) ? (textAt(filter, "Pattern") ?? "") : "", id),
  );
