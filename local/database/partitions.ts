import type { Resource } from "../resources";
import { isRecord, type Json, listAt, recordAt, textAt } from "../template/json";

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

/** "<table>/<type and key>" of each item that a call names. Queries, scans and statements of PartiQL name none. */
export function partitionsOf(keys: PartitionKeys, action: string, input: Json): readonly string[] {
  return itemsNamed(action, input).flatMap(({ table, item }) => {
    const name = table.replace(/^.*:table\//, "");
    const key = keys.get(name);
    const value: unknown = key !== undefined && isRecord(item) ? item[key] : undefined;
    return isRecord(value) ? [`${name}/${JSON.stringify(value)}`] : [];
  });
}

type Named = { readonly table: string; readonly item: unknown };

const onItem = (call: Json): Named => ({
  table: textAt(call, "TableName") ?? "",
  item: call["Key"] ?? call["Item"],
});

function itemsNamed(action: string, input: Json): readonly Named[] {
  switch (action) {
    case "GetItem":
    case "PutItem":
    case "UpdateItem":
    case "DeleteItem":
      return [onItem(input)];
    case "TransactGetItems":
    case "TransactWriteItems":
      return listAt(input, "TransactItems")
        .flatMap((each) => (isRecord(each) ? Object.values(each) : []))
        .filter(isRecord)
        .map(onItem);
    case "BatchGetItem":
    case "BatchWriteItem":
      return Object.entries(recordAt(input, "RequestItems")).flatMap(([table, asked]) =>
        (Array.isArray(asked) ? asked.map(itemOfWrite) : isRecord(asked) ? listAt(asked, "Keys") : []).map(
          (item: unknown) => ({ table, item }),
        ),
      );
    default:
      return [];
  }
}

const itemOfWrite = (write: unknown): unknown =>
  recordAt(write, "PutRequest")["Item"] ?? recordAt(write, "DeleteRequest")["Key"];
