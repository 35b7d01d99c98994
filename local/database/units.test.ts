import { describe, expect, it } from "vitest";
import { databaseUnits } from "./units";

const ok = (ConsumedCapacity: unknown) => ({ status: 200, body: { ConsumedCapacity } });
const refused = (type: string, more: object = {}) => ({
  status: 400,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, ...more },
});
const text = (bytes: number) => ({ S: "x".repeat(bytes) });
const put = (bytes: number) => ({ TableName: "Log", Item: { body: text(bytes) } });

describe("a call that succeeds", () => {
  it("is billed what the engine says, by table and index", () => {
    const answer = ok({
      TableName: "Inbox",
      CapacityUnits: 3,
      Table: { CapacityUnits: 1 },
      LocalSecondaryIndexes: { byActivity: { CapacityUnits: 2 } },
    });
    expect(databaseUnits({ action: "UpdateItem", request: {}, answer })).toEqual([
      { table: "Inbox", readUnits: 0, writeUnits: 1, failed: false },
      { table: "Inbox", index: "byActivity", readUnits: 0, writeUnits: 2, failed: false },
    ]);
  });

  it("reads from an index alone when the index has it all", () => {
    const answer = ok({
      TableName: "Inbox",
      CapacityUnits: 1,
      Table: { CapacityUnits: 0 },
      LocalSecondaryIndexes: { byActivity: { CapacityUnits: 1 } },
    });
    expect(databaseUnits({ action: "Query", request: {}, answer })).toEqual([
      { table: "Inbox", index: "byActivity", readUnits: 1, writeUnits: 0, failed: false },
    ]);
  });

  it("may be of several tables", () => {
    const answer = ok([
      { TableName: "People", CapacityUnits: 2, Table: { CapacityUnits: 2 } },
      { TableName: "Log", CapacityUnits: 0.5 },
    ]);
    expect(databaseUnits({ action: "BatchGetItem", request: {}, answer })).toEqual([
      { table: "People", readUnits: 2, writeUnits: 0, failed: false },
      { table: "Log", readUnits: 0.5, writeUnits: 0, failed: false },
    ]);
  });
});

describe("a query that finds nothing", () => {
  const nothing = ok({
    TableName: "Inbox",
    CapacityUnits: 0,
    Table: { CapacityUnits: 0 },
    LocalSecondaryIndexes: { byActivity: { CapacityUnits: 0 } },
  });
  const read = (request: object, answer = nothing) => databaseUnits({ action: "Query", request, answer });

  it("is billed all the same, where it looked", () => {
    const units = { table: "Inbox", index: "byActivity", writeUnits: 0, failed: false };
    expect(read({})).toEqual([{ ...units, readUnits: 0.5 }]);
    expect(read({ ConsistentRead: true })).toEqual([{ ...units, readUnits: 1 }]);
    expect(read({}, ok({ TableName: "Log", CapacityUnits: 0 }))[0]).toMatchObject({ readUnits: 0.5 });
  });
});

describe("a statement", () => {
  const used = ok({ TableName: "Log", CapacityUnits: 2 });
  const select = { Statement: ' select * FROM "Log"' };
  const insert = { Statement: "INSERT INTO \"Log\" VALUE {'seq': 1}" };

  it.each([
    ["ExecuteStatement", select],
    ["BatchExecuteStatement", { Statements: [select] }],
    ["ExecuteTransaction", { TransactStatements: [select] }],
  ])("of %s that selects is billed as a read", (action, request) => {
    expect(databaseUnits({ action, request, answer: used })).toMatchObject([{ readUnits: 2, writeUnits: 0 }]);
  });

  it.each([
    ["ExecuteStatement", insert],
    ["BatchExecuteStatement", { Statements: [insert] }],
    ["ExecuteTransaction", { TransactStatements: [insert] }],
  ])("of %s that changes something is billed as a write", (action, request) => {
    expect(databaseUnits({ action, request, answer: used })).toMatchObject([{ readUnits: 0, writeUnits: 2 }]);
  });
});

describe("a failed condition", () => {
  const failure = (request: object, more?: object) =>
    databaseUnits({ action: "PutItem", request, answer: refused("ConditionalCheckFailedException", more) });

  it("is billed as the write that it would have been", () => {
    expect(failure(put(100))).toEqual([{ table: "Log", readUnits: 0, writeUnits: 1, failed: true }]);
    expect(failure(put(1_500))[0]?.writeUnits).toBe(2);
  });

  it("is billed by the item that is there when that is larger", () => {
    expect(failure(put(100), { Item: { body: text(2_500) } })[0]?.writeUnits).toBe(3);
  });

  it("of an update is billed one unit at least", () => {
    const request = {
      TableName: "Inbox",
      Key: { user: text(8) },
      ExpressionAttributeValues: { ":r": { N: "1" } },
    };
    expect(failure(request)[0]?.writeUnits).toBe(1);
  });
});

describe("a cancelled transaction", () => {
  it("is billed twice for each of its items", () => {
    const request = {
      TransactItems: [{ Put: put(10) }, { Put: { TableName: "People", Item: { key: text(1_200) } } }],
    };
    const answer = refused("TransactionCanceledException");
    expect(databaseUnits({ action: "TransactWriteItems", request, answer })).toEqual([
      { table: "Log", readUnits: 0, writeUnits: 2, failed: true },
      { table: "People", readUnits: 0, writeUnits: 4, failed: true },
    ]);
  });
});

describe("a call that is not billed", () => {
  it.each(["ProvisionedThroughputExceededException", "ThrottlingException", "ValidationException"])(
    "is one that ends in %s",
    (type) => {
      expect(databaseUnits({ action: "PutItem", request: put(10), answer: refused(type) })).toEqual([]);
    },
  );

  it("is one that the service failed", () => {
    const answer = { status: 500, body: { __type: "InternalServerError" } };
    expect(databaseUnits({ action: "PutItem", request: put(10), answer })).toEqual([]);
  });
});
