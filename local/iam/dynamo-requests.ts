// What IAM is asked for by a call of DynamoDB's API: see "Actions, resources, and condition keys for Amazon DynamoDB"
// in AWS's Service Authorization Reference, and "Using IAM with DynamoDB transactions".
//
//   Query, Scan                  on an index its ARN is asked for, and not its table's
//   BatchGetItem, BatchWriteItem once for each table
//   TransactGetItems             GetItem for each of its items
//   TransactWriteItems           PutItem, UpdateItem, DeleteItem, ConditionCheckItem for each of its items
//   ExecuteStatement and others  PartiQLSelect, …Insert, …Update, …Delete for each statement
//   others                       the action of the same name on the table, stream or backup that is named
//
// Where the partition of a call is not understood its context is not read, so that no condition lets it pass.

import { isRecord, type Json, listAt, recordAt, textAt } from "../template/json";
import { attributesNamed, queriedPartition, valueText } from "./attribute-names";
import { contextOf } from "./context";
import type { IamRequest } from "./request";
import { partiqlRequest } from "./partiql-request";
import type { IamTemplate } from "./roles";
import { indexArn, partitionKeys, type PartitionKeys, tableArn } from "./table-keys";

/** By the operation ("PutItem"; also "DynamoDB_20120810.PutItem") and its input. */
export type DynamoRequests = (operation: string, input: unknown) => readonly IamRequest[];

export function createDynamoRequests(template: IamTemplate): DynamoRequests {
  const keys = partitionKeys(template);
  return (operation, input) =>
    requestsOf(operation.slice(operation.lastIndexOf(".") + 1), isRecord(input) ? input : {}, keys);
}

function requestsOf(operation: string, input: Json, keys: PartitionKeys): readonly IamRequest[] {
  switch (operation) {
    case "GetItem":
    case "PutItem":
    case "UpdateItem":
    case "DeleteItem":
      return [onItems(operation, [input], keys, input)];
    case "Query":
    case "Scan":
      return [onRange(operation, input, keys)];
    case "BatchGetItem":
    case "BatchWriteItem":
      return Object.entries(recordAt(input, "RequestItems")).map(([table, items]) =>
        onItems(operation, inBatch(table, items), keys, input),
      );
    case "TransactGetItems":
    case "TransactWriteItems":
      return listAt(input, "TransactItems").flatMap((item) => inTransaction(operation, item, keys, input));
    case "ExecuteStatement":
      return [partiqlRequest(input)];
    case "BatchExecuteStatement":
      return listAt(input, "Statements").map(partiqlRequest);
    case "ExecuteTransaction":
      return listAt(input, "TransactStatements").map(partiqlRequest);
    default:
      return [{ action: `dynamodb:${operation}`, resource: resourceOf(input) }];
  }
}

const MEMBERS: Readonly<Record<string, string>> = {
  Get: "GetItem",
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
};

function inTransaction(operation: string, item: unknown, keys: PartitionKeys, input: Json): IamRequest[] {
  return Object.entries(isRecord(item) ? item : {}).flatMap(([member, call]) => {
    const action = Object.hasOwn(MEMBERS, member) ? MEMBERS[member] : undefined;
    return action !== undefined && isRecord(call) ? [onItems(action, [call], keys, input, operation)] : [];
  });
}

/** The calls that a batch makes on one table, as if each came by itself. */
function inBatch(table: string, items: unknown): readonly Json[] {
  if (Array.isArray(items))
    return items.map((write: unknown) => ({
      TableName: table,
      ...recordAt(write, "PutRequest"),
      ...recordAt(write, "DeleteRequest"),
    }));
  const rest = isRecord(items) ? items : {};
  return listAt(rest, "Keys").map((key) => ({ ...rest, TableName: table, Key: key }));
}

/** `calls` are all on one table. */
function onItems(
  action: string,
  calls: readonly Json[],
  keys: PartitionKeys,
  input: Json,
  enclosing?: string,
): IamRequest {
  const resource = tableArn(textAt(calls[0], "TableName") ?? "");
  return {
    action: `dynamodb:${action}`,
    resource,
    context: () => {
      const values = calls.map((call) => leadingKey(call, keys.get(resource) ?? ""));
      const leading = values.filter((value) => value !== undefined);
      if (leading.length < values.length) return undefined;
      return contextOf({
        ...leadingKeys(leading),
        "dynamodb:Attributes": [...new Set(calls.flatMap(attributesNamed))],
        "dynamodb:EnclosingOperation": enclosing,
        "dynamodb:ReturnConsumedCapacity": textAt(input, "ReturnConsumedCapacity") ?? "NONE",
        "dynamodb:ReturnValues": writes(action) ? (textAt(calls[0], "ReturnValues") ?? "NONE") : undefined,
        "dynamodb:Select": action.endsWith("GetItem") ? selected(calls[0] ?? {}) : undefined,
      });
    },
  };
}

function onRange(operation: "Query" | "Scan", input: Json, keys: PartitionKeys): IamRequest {
  const table = textAt(input, "TableName") ?? "";
  const index = textAt(input, "IndexName");
  const resource = index === undefined ? tableArn(table) : indexArn(table, index);
  return {
    action: `dynamodb:${operation}`,
    resource,
    context: () => {
      const partition = operation === "Query" && queriedPartition(input, keys.get(resource) ?? "");
      if (partition === undefined) return undefined;
      return contextOf({
        ...(partition !== false && leadingKeys([partition])),
        "dynamodb:Attributes": attributesNamed(input),
        "dynamodb:ReturnConsumedCapacity": textAt(input, "ReturnConsumedCapacity") ?? "NONE",
        "dynamodb:Select": textAt(input, "Select") ?? selected(input),
      });
    },
  };
}

const writes = (action: string) => ["PutItem", "UpdateItem", "DeleteItem"].includes(action);

/** The same values under the newer name: here every partition key is one attribute. */
const leadingKeys = (values: readonly string[]) => ({
  "dynamodb:FirstPartitionKeyValues": values,
  "dynamodb:LeadingKeys": values,
});

const leadingKey = (call: Json, partitionKey: string): string | undefined =>
  valueText(recordAt(call, "Key")[partitionKey] ?? recordAt(call, "Item")[partitionKey]);

/** What DynamoDB goes by where the call does not say. */
function selected(call: Json): string {
  if (textAt(call, "ProjectionExpression") !== undefined || listAt(call, "AttributesToGet").length > 0)
    return "SPECIFIC_ATTRIBUTES";
  return textAt(call, "IndexName") === undefined ? "ALL_ATTRIBUTES" : "ALL_PROJECTED_ATTRIBUTES";
}

/** Of a call that names nothing, as ListTables, all tables are asked for. */
function resourceOf(input: Json): string {
  const table =
    textAt(input, "TableName") ?? textAt(input, "SourceTableName") ?? textAt(input, "TargetTableName");
  if (table !== undefined) return tableArn(table);
  // An iterator of a stream holds the stream's ARN between other things.
  const iterator = /arn:aws:dynamodb:[^|]+/.exec(textAt(input, "ShardIterator") ?? "")?.[0];
  const named = ["ResourceArn", "TableArn", "StreamArn", "BackupArn"].map((name) => textAt(input, name));
  return named.find((arn) => arn !== undefined) ?? iterator ?? tableArn("*");
}
