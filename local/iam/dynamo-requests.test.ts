import { describe, expect, it } from "vitest";
import { createDynamoRequests } from "./dynamo-requests";
import { nameOf, table, TABLE_ARN } from "./iam-fixture";

const requests = createDynamoRequests({ resources: [table], nameOf });

/** Without what the reports and rulings do not need: one entry a request. */
const asked = (operation: string, input: object) =>
  requests(operation, input).map(({ action, resource }) => `${action} ${resource.replace(TABLE_ARN, "log")}`);

const contextsOf = (operation: string, input: object) =>
  requests(operation, input).map(({ context }) => Object.fromEntries(context?.() ?? []));

const text = (S: string) => ({ S });
const Key = { conversation: text("d.1"), seq: { N: "7" } };
const other = { conversation: text("d.2"), seq: { N: "1" } };
const leading = (...values: string[]) => ({
  "dynamodb:firstpartitionkeyvalues": values,
  "dynamodb:leadingkeys": values,
});

describe("what IAM is asked for", () => {
  it.each<[string, object, string[]]>([
    ["GetItem", { TableName: "log", Key }, ["dynamodb:GetItem log"]],
    ["DynamoDB_20120810.PutItem", { TableName: "log", Item: Key }, ["dynamodb:PutItem log"]],
    ["UpdateItem", { TableName: TABLE_ARN, Key }, ["dynamodb:UpdateItem log"]],
    ["DeleteItem", { TableName: "log", Key }, ["dynamodb:DeleteItem log"]],
    ["Query", { TableName: "log" }, ["dynamodb:Query log"]],
    ["Query", { TableName: "log", IndexName: "byTime" }, ["dynamodb:Query log/index/byTime"]],
    ["Scan", { TableName: "log" }, ["dynamodb:Scan log"]],
    ["Scan", { TableName: TABLE_ARN, IndexName: "bySender" }, ["dynamodb:Scan log/index/bySender"]],
    [
      "BatchGetItem",
      { RequestItems: { log: { Keys: [Key, other] }, [`${TABLE_ARN}s`]: { Keys: [Key] } } },
      ["dynamodb:BatchGetItem log", "dynamodb:BatchGetItem logs"],
    ],
    [
      "BatchWriteItem",
      { RequestItems: { log: [{ PutRequest: { Item: Key } }, { DeleteRequest: { Key: other } }] } },
      ["dynamodb:BatchWriteItem log"],
    ],
    ["TransactGetItems", { TransactItems: [{ Get: { TableName: "log", Key } }] }, ["dynamodb:GetItem log"]],
    [
      "TransactWriteItems",
      {
        TransactItems: [
          { Put: { TableName: "log", Item: Key } },
          { Update: { TableName: "log", Key } },
          { Delete: { TableName: "log", Key } },
          { ConditionCheck: { TableName: "log", Key } },
        ],
      },
      [
        "dynamodb:PutItem log",
        "dynamodb:UpdateItem log",
        "dynamodb:DeleteItem log",
        "dynamodb:ConditionCheckItem log",
      ],
    ],
    ["DescribeTable", { TableName: "log" }, ["dynamodb:DescribeTable log"]],
    ["UpdateTimeToLive", { TableName: "log" }, ["dynamodb:UpdateTimeToLive log"]],
    ["TagResource", { ResourceArn: TABLE_ARN }, ["dynamodb:TagResource log"]],
    [
      "DynamoDBStreams_20120810.GetShardIterator",
      { StreamArn: `${TABLE_ARN}/stream/2026` },
      ["dynamodb:GetShardIterator log/stream/2026"],
    ],
    [
      "DynamoDBStreams_20120810.GetRecords",
      { ShardIterator: `000|${TABLE_ARN}/stream/2026|AAAA` },
      ["dynamodb:GetRecords log/stream/2026"],
    ],
    ["ListTables", {}, ["dynamodb:ListTables arn:aws:dynamodb:us-east-1:000000000000:table/*"]],
  ])("by %s is the right action on the right resource", (operation, input, expected) => {
    expect(asked(operation, input)).toEqual(expected);
  });

  it.each<[string, string]>([
    [`SELECT * FROM "log" WHERE conversation = ?`, "dynamodb:PartiQLSelect log"],
    [`select a, b from log`, "dynamodb:PartiQLSelect log"],
    [`SELECT * FROM "log"."byTime" WHERE a = 'FROM "x"'`, "dynamodb:PartiQLSelect log/index/byTime"],
    [`EXISTS(SELECT * FROM "log" WHERE a = 1)`, "dynamodb:PartiQLSelect log"],
    [`INSERT INTO "log" VALUE {'a': 1}`, "dynamodb:PartiQLInsert log"],
    [`UPDATE "log" SET a = 1 WHERE b = 2`, "dynamodb:PartiQLUpdate log"],
    [`\n DELETE FROM "log" WHERE b = 2`, "dynamodb:PartiQLDelete log"],
    [`DROP TABLE log`, "dynamodb:PartiQLSelect arn:aws:dynamodb:us-east-1:000000000000:table/*"],
  ])("by %s is the statement's action", (Statement, expected) => {
    expect(asked("ExecuteStatement", { Statement })).toEqual([expected]);
    expect(asked("BatchExecuteStatement", { Statements: [{ Statement }] })).toEqual([expected]);
    expect(asked("ExecuteTransaction", { TransactStatements: [{ Statement }, { Statement }] })).toEqual([
      expected,
      expected,
    ]);
    expect(requests("ExecuteStatement", { Statement })[0]?.context?.()).toBeUndefined();
  });

  it("is nothing of a call without a shape", () => {
    expect(requests("BatchGetItem", "?")).toEqual([]);
    expect(requests("TransactWriteItems", { TransactItems: ["?", { Steal: {} }] })).toEqual([]);
  });
});

describe("what conditions see of a call", () => {
  it("is key, attributes and what is returned, of a put", () => {
    const Item = { ...Key, body: { M: {} } };
    const [context] = contextsOf("PutItem", {
      TableName: "log",
      Item,
      ConditionExpression: "attribute_not_exists(#c) AND NOT contains(tags.label, :x)",
      ExpressionAttributeNames: { "#c": "conversation" },
      ReturnConsumedCapacity: "TOTAL",
    });
    expect(context).toEqual({
      ...leading("d.1"),
      "dynamodb:attributes": ["conversation", "seq", "body", "tags"],
      "dynamodb:returnconsumedcapacity": ["TOTAL"],
      "dynamodb:returnvalues": ["NONE"],
    });
  });

  it("is what an update names, by expression or by the older parameters", () => {
    const [expressed] = contextsOf("UpdateItem", {
      TableName: "log",
      Key,
      UpdateExpression: "SET a = if_not_exists (b, :zero) + :one, #in.x[0] = :two REMOVE c ADD d :one",
      ExpressionAttributeNames: { "#in": "in" },
      ReturnValues: "ALL_NEW",
    });
    expect(expressed?.["dynamodb:attributes"]).toEqual(["conversation", "seq", "a", "b", "in", "c", "d"]);
    expect(expressed?.["dynamodb:returnvalues"]).toEqual(["ALL_NEW"]);
    const [older] = contextsOf("UpdateItem", { TableName: "log", Key, AttributeUpdates: { a: {} } });
    expect(older?.["dynamodb:attributes"]).toEqual(["conversation", "seq", "a"]);
  });

  it("tells a read of some attributes from a read of all", () => {
    const select = (input: object) => contextsOf("GetItem", { TableName: "log", Key, ...input })[0];
    expect(select({})?.["dynamodb:select"]).toEqual(["ALL_ATTRIBUTES"]);
    expect(select({ ProjectionExpression: "a, b.c" })).toMatchObject({
      "dynamodb:select": ["SPECIFIC_ATTRIBUTES"],
      "dynamodb:attributes": ["conversation", "seq", "a", "b"],
    });
    expect(select({ AttributesToGet: ["a"] })?.["dynamodb:select"]).toEqual(["SPECIFIC_ATTRIBUTES"]);
  });

  it.each<[string, object, string[]]>([
    [
      "an expression",
      {
        KeyConditionExpression: "#c = :c AND seq BETWEEN :from AND :to",
        ExpressionAttributeNames: { "#c": "conversation" },
        ExpressionAttributeValues: { ":c": text("d.1"), ":from": { N: "1" } },
      },
      ["d.1"],
    ],
    [
      "an expression the other way round",
      {
        KeyConditionExpression: "seq = :one and :c = conversation",
        ExpressionAttributeValues: { ":c": text("d.1"), ":one": { N: "1" } },
      },
      ["d.1"],
    ],
    [
      "the older parameter",
      { KeyConditions: { conversation: { ComparisonOperator: "EQ", AttributeValueList: [text("d.1")] } } },
      ["d.1"],
    ],
    [
      "an index with a key of its own",
      {
        IndexName: "bySender",
        KeyConditionExpression: "from = :f",
        ExpressionAttributeValues: { ":f": text("ada") },
      },
      ["ada"],
    ],
  ])("is the partition that a query names by %s", (_how, input, expected) => {
    const [context] = contextsOf("Query", { TableName: "log", ...input });
    expect(context?.["dynamodb:leadingkeys"]).toEqual(expected);
  });

  it("is no partition of a scan", () => {
    expect(contextsOf("Scan", { TableName: "log", FilterExpression: "a = :a" })[0]).toEqual({
      "dynamodb:attributes": ["a"],
      "dynamodb:returnconsumedcapacity": ["NONE"],
      "dynamodb:select": ["ALL_ATTRIBUTES"],
    });
    const onIndex = contextsOf("Scan", { TableName: "log", IndexName: "byTime", Select: "COUNT" })[0];
    expect(onIndex?.["dynamodb:select"]).toEqual(["COUNT"]);
    expect(contextsOf("Scan", { TableName: "log", IndexName: "byTime" })[0]?.["dynamodb:select"]).toEqual([
      "ALL_PROJECTED_ATTRIBUTES",
    ]);
  });

  it("is all keys of a batch", () => {
    const [read] = contextsOf("BatchGetItem", { RequestItems: { log: { Keys: [Key, other] } } });
    expect(read).toMatchObject(leading("d.1", "d.2"));
    const writes = [{ PutRequest: { Item: Key } }, { DeleteRequest: { Key: other } }];
    const [written] = contextsOf("BatchWriteItem", { RequestItems: { log: writes } });
    expect(written).toMatchObject(leading("d.1", "d.2"));
  });

  it("is the enclosing transaction, of each item its own key", () => {
    const contexts = contextsOf("TransactWriteItems", {
      TransactItems: [{ Put: { TableName: "log", Item: Key } }, { Delete: { TableName: "log", Key: other } }],
    });
    expect(contexts[0]).toMatchObject({
      ...leading("d.1"),
      "dynamodb:enclosingoperation": ["TransactWriteItems"],
    });
    expect(contexts[1]).toMatchObject(leading("d.2"));
    expect(contextsOf("PutItem", { TableName: "log", Item: Key })[0]).not.toHaveProperty([
      "dynamodb:enclosingoperation",
    ]);
  });

  it("is not read where a key is not understood, or of a table that is not of the template", () => {
    const [batch] = requests("BatchGetItem", {
      RequestItems: { log: { Keys: [Key, { conversation: { BOOL: true } }] } },
    });
    expect(batch?.context?.()).toBeUndefined();
    expect(requests("Query", { TableName: "log" })[0]?.context?.()).toBeUndefined();
    expect(requests("GetItem", { TableName: "unknown", Key })[0]?.context?.()).toBeUndefined();
  });
});
