// What one call to DynamoDB is billed, by table and index. The engine says it of calls that succeed, when asked
// with WITH_UNITS; of the refused ones it says nothing, and AWS bills those too.
//
//   a failed condition      as a write of the larger of the item that is there and the one that was to be
//   a cancelled transaction as if it had gone through: each item was prepared before one of them said no
//   throttled, invalid, 5xx nothing
//
// And where an engine says less than AWS bills, it is put right here: a query that finds nothing is half a unit, one
// when consistent, and DynamoDB Local says none.
//
// Sources: the developer guide's "DynamoDB read and write operations" and "Working with items" (conditional
// writes). That a cancelled transaction costs as much as one that goes through is the careful reading.

import type { DatabaseUse } from "../meter/meter";
import { isRecord } from "../template/json";

/** Merged into a request before it goes to the engine. */
export const WITH_UNITS = { ReturnConsumedCapacity: "INDEXES" } as const;

export type DatabaseCall = {
  readonly action: string;
  /** As they stand on the wire. */
  readonly request: unknown;
  readonly answer: { readonly status: number; readonly body: unknown };
};

export type Units = Pick<DatabaseUse, "table" | "index" | "readUnits" | "writeUnits" | "failed">;

const READS = new Set(["GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"]);
/** They say what they are in their first word. */
const STATEMENTS = new Set(["ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction"]);
/** Of what looks for items, not for one that it can name. */
const SEARCHES = new Set(["Query", "Scan"]);
const WRITE_UNIT_BYTES = 1_024;
/** Transactions write, or read, everything twice. */
const TWICE = 2;

export function databaseUnits({ action, request, answer }: DatabaseCall): readonly Units[] {
  if (answer.status === 200) {
    const consumed = member(answer.body, "ConsumedCapacity");
    const side = isRead(action, request) ? "readUnits" : "writeUnits";
    const used = asList(consumed).flatMap((each) => consumedUnits(side, each));
    return SEARCHES.has(action) ? used.map((units) => atLeast(units, request)) : used;
  }
  const kind = String(member(answer.body, "__type"));
  if (kind.endsWith("ConditionalCheckFailedException"))
    return [refusedWrite(request, member(answer.body, "Item"))];
  if (kind.endsWith("TransactionCanceledException")) return cancelled(action, request);
  return [];
}

/** Statements that go together all read or all write. */
function isRead(action: string, request: unknown): boolean {
  if (!STATEMENTS.has(action)) return READS.has(action);
  const [first] = asList(member(request, "Statements") ?? member(request, "TransactStatements") ?? request);
  return /^\s*select\b/i.test(String(member(first, "Statement")));
}

const atLeast = (units: Units, request: unknown): Units => ({
  ...units,
  readUnits: Math.max(units.readUnits, member(request, "ConsistentRead") === true ? 1 : 0.5),
});

function consumedUnits(side: "readUnits" | "writeUnits", consumed: unknown): Units[] {
  const table = String(member(consumed, "TableName"));
  const one = (capacity: unknown, index?: string): Units => {
    const units = Number(member(capacity, "CapacityUnits"));
    const none = { readUnits: 0, writeUnits: 0, failed: false };
    return { table, ...(index !== undefined && { index }), ...none, [side]: units };
  };
  const indexes = ["LocalSecondaryIndexes", "GlobalSecondaryIndexes"].flatMap((kind) =>
    Object.entries(asObject(member(consumed, kind))).map(([index, capacity]) => one(capacity, index)),
  );
  const own = one(member(consumed, "Table") ?? consumed);
  // A query of an index that has all that was asked for does not touch the table.
  return own.readUnits + own.writeUnits > 0 || indexes.length === 0 ? [own, ...indexes] : indexes;
}

function refusedWrite(request: unknown, existing: unknown): Units {
  return {
    table: String(member(request, "TableName")),
    readUnits: 0,
    writeUnits: Math.max(writeUnitsOf(newItem(request)), writeUnitsOf(existing)),
    failed: true,
  };
}

function cancelled(action: string, request: unknown): Units[] {
  const reads = READS.has(action);
  return asList(member(request, "TransactItems")).map((item) => {
    const [part] = Object.values(asObject(item));
    const units = TWICE * writeUnitsOf(newItem(part));
    return {
      table: String(member(part, "TableName")),
      readUnits: reads ? TWICE : 0,
      writeUnits: reads ? 0 : units,
      failed: true,
    };
  });
}

/** An update's new values stand for the item that they change: it is at least as large. */
const newItem = (request: unknown): unknown =>
  member(request, "Item") ?? {
    ...asObject(member(request, "Key")),
    ...asObject(member(request, "ExpressionAttributeValues")),
  };

const writeUnitsOf = (item: unknown): number => Math.max(1, Math.ceil(itemBytes(item) / WRITE_UNIT_BYTES));

/** Near enough for steps of 1 KB: names and values in UTF-8, without DynamoDB's own bytes for lists and maps. */
const itemBytes = (item: unknown): number => {
  if (typeof item === "string") return Buffer.byteLength(item);
  if (Array.isArray(item)) return item.reduce<number>((sum, each) => sum + itemBytes(each), 0);
  if (typeof item !== "object" || item === null) return 1;
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + (TYPES.has(name) ? 0 : Buffer.byteLength(name)) + itemBytes(value),
    0,
  );
};

const TYPES = new Set(["S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS"]);

const asObject = (value: unknown): object => (typeof value === "object" && value !== null ? value : {});
const asList = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
const member = (value: unknown, name: string): unknown =>
  isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
