import type { Resource } from "../resources";
import { isRecord, type Json } from "../template/json";

/** The name of the partition key by table. */
export type PartitionKeys = ReadonlyMap<string, string>;

export function partitionKeysIn(
  resources: readonly Resource[],
  nameOf: (resource: Resource) => string,
): PartitionKeys {
  const keys = new Map<string, string>();
  for (const resource of resources) {
    const schema = resource.type === "AWS::DynamoDB::Table" ? resource.properties["KeySchema"] : undefined;
    const hash: unknown = Array.isArray(schema)
      ? schema.find((each: unknown) => isRecord(each) && each["KeyType"] === "HASH")
      : undefined;
    if (isRecord(hash)) keys.set(nameOf(resource), String(hash["AttributeName"]));
  }
  return keys;
}

/** "<table>/<type and key>" of a call on one item; undefined where a call has no one partition. */
export function partitionOf(keys: PartitionKeys, action: string, input: Json): string | undefined {
  const table = String(input["TableName"] ?? "").replace(/^.*:table\//, "");
  const item = action === "PutItem" ? input["Item"] : input["Key"];
  const key = keys.get(table);
  const value: unknown = key !== undefined && isRecord(item) ? item[key] : undefined;
  return isRecord(value) ? `${table}/${JSON.stringify(value)}` : undefined;
}
