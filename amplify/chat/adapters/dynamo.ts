// DynamoDB as the adapters need it: rows are plain objects, reads are consistent, and a failed condition is an
// outcome, not an error.

import { AwsError } from "./aws-error";
import { isRecord, itemOf, rowOf, type Row } from "./attribute-values";
import type { DynamoAction, DynamoCall } from "./dynamo-call";
import { conditionOf, substitutes, type Condition } from "./expressions";
import { Failed, type World } from "./retries";

/**
 * `attempts` above 1: an earlier attempt may have been applied although its answer was lost, so that what a
 * condition or a delete then finds may be this call's own doing.
 */
export type Written = (
  | { readonly is: "written"; readonly row?: Row }
  /** The condition did not hold. `row` is what stands there; absent: nothing does. */
  | { readonly is: "unmet"; readonly row?: Row }
) & { readonly attempts: number };

export type Query = {
  readonly table: string;
  readonly index?: string;
  readonly where: string;
  readonly values: Row;
  readonly limit?: number;
  readonly descending?: true;
  readonly startAfter?: Row;
};

/** One write of a transaction. */
export type Step =
  | { readonly is: "put"; readonly table: string; readonly row: Row; readonly if: Condition }
  | { readonly is: "delete"; readonly table: string; readonly key: Row; readonly if: Condition };

export type Transacted =
  | { readonly is: "written" }
  /** For each step whether its condition held. */
  | { readonly is: "unmet"; readonly held: readonly boolean[] };

/** BatchGetItem takes no more. */
const BATCH_KEYS = 100;
const UNPROCESSED_PAUSE_MS = 100;
const STANDING = { ReturnValuesOnConditionCheckFailure: "ALL_OLD" };

export class Dynamo {
  constructor(
    private readonly call: DynamoCall,
    private readonly world: World,
  ) {}

  async get(table: string, key: Row): Promise<Row | undefined> {
    const input = { TableName: table, Key: itemOf(key), ConsistentRead: true };
    const { value } = await this.call("GetItem", input);
    return value["Item"] === undefined ? undefined : rowOf(value["Item"]);
  }

  async getAll(table: string, keys: readonly Row[]): Promise<readonly Row[]> {
    const rows: Row[] = [];
    let left: readonly unknown[] = keys.map(itemOf);
    while (left.length > 0) {
      const { value } = await this.call("BatchGetItem", {
        RequestItems: { [table]: { Keys: left.slice(0, BATCH_KEYS), ConsistentRead: true } },
      });
      rows.push(...listIn(value["Responses"], table).map(rowOf));
      const unprocessed = isRecord(value["UnprocessedKeys"]) ? value["UnprocessedKeys"][table] : undefined;
      const again = listIn(unprocessed, "Keys");
      // It was too much at once, which is not an error here.
      if (again.length > 0) await this.world.pause(this.world.random() * UNPROCESSED_PAUSE_MS);
      left = [...left.slice(BATCH_KEYS), ...again];
    }
    return rows;
  }

  /** All of it, or the first `limit`; DynamoDB cuts its own pages at 1 MB. */
  async query(query: Query): Promise<readonly Row[]> {
    const { table, index, where, values, limit = Infinity } = query;
    const rows: Row[] = [];
    let startAfter: unknown = query.startAfter && itemOf(query.startAfter);
    do {
      const { value } = await this.call("Query", {
        TableName: table,
        IndexName: index,
        // A local index that lacks an attribute fetches it from the table.
        Select: index === undefined ? undefined : "ALL_ATTRIBUTES",
        KeyConditionExpression: where,
        ...substitutes(values, [where]),
        ConsistentRead: true,
        ScanIndexForward: query.descending !== true,
        Limit: limit === Infinity ? undefined : limit - rows.length,
        ExclusiveStartKey: startAfter,
      });
      rows.push(...listIn(value, "Items").map(rowOf));
      startAfter = value["LastEvaluatedKey"];
    } while (startAfter !== undefined && rows.length < limit);
    return rows;
  }

  put(table: string, row: Row, condition?: Condition): Promise<Written> {
    const input = { TableName: table, Item: itemOf(row), ...conditionOf(condition) };
    return this.write("PutItem", condition ? { ...input, ...STANDING } : input);
  }

  /** Answers the row as it now stands. */
  update(table: string, key: Row, set: string, condition: Condition): Promise<Written> {
    return this.write("UpdateItem", {
      TableName: table,
      Key: itemOf(key),
      UpdateExpression: set,
      ConditionExpression: condition.where,
      ...substitutes(condition.values ?? {}, [set, condition.where], condition.names),
      ReturnValues: "ALL_NEW",
      ...STANDING,
    });
  }

  /** Answers the row that was there, if one was. */
  delete(table: string, key: Row): Promise<Written> {
    return this.write("DeleteItem", { TableName: table, Key: itemOf(key), ReturnValues: "ALL_OLD" });
  }

  /**
   * All of the steps or none. Conditions are written so that repeating a transaction that was applied holds
   * again; then no token is needed to tell a repetition from a new one.
   */
  async transact(steps: readonly Step[]): Promise<Transacted> {
    try {
      await this.call("TransactWriteItems", { TransactItems: steps.map(transactItemOf) });
      return { is: "written" };
    } catch (error) {
      const failure = failureNamed(error, "TransactionCanceledException");
      const codes = listIn(failure?.cause.details, "CancellationReasons").map(codeOf);
      if (!codes.includes(UNMET)) throw error;
      return { is: "unmet", held: codes.map((code) => code !== UNMET) };
    }
  }

  private async write(action: DynamoAction, input: Row): Promise<Written> {
    try {
      const { value, attempts } = await this.call(action, input);
      return { is: "written", attempts, ...rowIn(value["Attributes"]) };
    } catch (error) {
      const failure = failureNamed(error, "ConditionalCheckFailedException");
      if (!failure) throw error;
      return { is: "unmet", attempts: failure.attempts, ...rowIn(failure.cause.details["Item"]) };
    }
  }
}

const UNMET = "ConditionalCheckFailed";

const rowIn = (item: unknown): { readonly row?: Row } => (item === undefined ? {} : { row: rowOf(item) });

function failureNamed(error: unknown, name: string) {
  if (!(error instanceof Failed)) return undefined;
  const { attempts, cause } = error;
  return cause instanceof AwsError && cause.name === name ? { attempts, cause } : undefined;
}

function transactItemOf(step: Step): Row {
  const rest = { TableName: step.table, ...conditionOf(step.if) };
  switch (step.is) {
    case "put":
      return { Put: { ...rest, Item: itemOf(step.row) } };
    case "delete":
      return { Delete: { ...rest, Key: itemOf(step.key) } };
    default:
      return step satisfies never;
  }
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = isRecord(value) ? value[name] : undefined;
  return Array.isArray(list) ? list : [];
}

const codeOf = (reason: unknown): unknown => (isRecord(reason) ? reason["Code"] : undefined);
