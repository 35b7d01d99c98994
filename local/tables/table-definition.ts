// A table of the template as the calls that make it. Each property is carried over, or is known to mean nothing
// here; any other is refused, so that no difference from the deployed table goes unseen.

import type { Resource } from "../resources";
import { isRecord, type Json, listAt, recordAt, textAt } from "../template/json";

export type TableDefinition = {
  readonly name: string;
  /** The input of CreateTable. */
  readonly creation: Json;
  readonly indexes: ReadonlyMap<string, Json>;
  readonly ttlAttribute: string | undefined;
  readonly isStreamed: boolean;
};

const CARRIED = [
  "AttributeDefinitions",
  "KeySchema",
  "BillingMode",
  "ProvisionedThroughput",
  "LocalSecondaryIndexes",
  "GlobalSecondaryIndexes",
];
/** How AWS keeps, guards, bills and labels it. */
const MEANINGLESS = [
  "ContributorInsightsSpecification",
  "DeletionProtectionEnabled",
  "OnDemandThroughput",
  "PointInTimeRecoverySpecification",
  "SSESpecification",
  "TableClass",
  "Tags",
  "WarmThroughput",
];
const OTHERWISE_USED = ["TableName", "TimeToLiveSpecification", "StreamSpecification"];

/** The engine records all there is; what a function gets of it, `local/streams/` decides by the template. */
export const STREAM = { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" };

export function tableDefinition(resource: Resource, name: string): TableDefinition {
  const { properties } = resource;
  const known = [...CARRIED, ...MEANINGLESS, ...OTHERWISE_USED];
  const unknown = Object.keys(properties).find((property) => !known.includes(property));
  if (unknown !== undefined)
    throw new Error(
      `unable to make the table ${resource.id}; the local cloud does not know its property ${unknown}: add it to local/tables/table-definition.ts`,
    );
  const isStreamed = isRecord(properties["StreamSpecification"]);
  return {
    name,
    creation: {
      TableName: name,
      // CloudFormation's default is the other one than the API's.
      BillingMode: "PROVISIONED",
      ...Object.fromEntries(Object.entries(properties).filter(([property]) => CARRIED.includes(property))),
      ...(isStreamed ? { StreamSpecification: STREAM } : {}),
    },
    indexes: indexesOf(properties),
    ttlAttribute: ttlAttributeOf(properties),
    isStreamed,
  };
}

export function indexesOf(table: Json): ReadonlyMap<string, Json> {
  return new Map(
    listAt(table, "GlobalSecondaryIndexes").flatMap((index): [string, Json][] => {
      const name = textAt(index, "IndexName");
      return isRecord(index) && name !== undefined ? [[name, index]] : [];
    }),
  );
}

/** What an index shows besides its keys, in one comparable text. */
export function projected(index: unknown): string {
  const projection = recordAt(index, "Projection");
  return [
    textAt(projection, "ProjectionType"),
    ...listAt(projection, "NonKeyAttributes").map(String).sort(),
  ].join(" ");
}

/** What a table can never change: its own keys and its local indexes, in one comparable text. */
export function fixedKeys(table: Json): string {
  const attributes = new Map(
    listAt(table, "AttributeDefinitions").map((it) => [
      textAt(it, "AttributeName"),
      textAt(it, "AttributeType"),
    ]),
  );
  const keys = (of: unknown) =>
    listAt(of, "KeySchema")
      .map((key) => [textAt(key, "KeyType"), textAt(key, "AttributeName")].join(" "))
      .map((key) => `${key} ${attributes.get(key.slice(key.indexOf(" ") + 1)) ?? ""}`)
      .sort()
      .join(", ");
  const locals = listAt(table, "LocalSecondaryIndexes")
    .map((index) => `${textAt(index, "IndexName") ?? ""} (${keys(index)}) of ${projected(index)}`)
    .sort();
  return [keys(table), ...locals].join("; ");
}

function ttlAttributeOf(properties: Json): string | undefined {
  const specification = recordAt(properties, "TimeToLiveSpecification");
  return specification["Enabled"] === true ? textAt(specification, "AttributeName") : undefined;
}
