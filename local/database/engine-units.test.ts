// AWS's rules of rounding, as its developer guide has them ("DynamoDB read and write operations", "Managing
// transactions"), asked of each engine that this machine has: the bill is what the engines say. Where one of them
// differs from AWS the rule is asked of the other; local/README.md names the difference.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Engine, type EngineName, missing, startEngine } from "../../tests/fixtures/engine";
import { engineAnswers } from "../tables/engine-client";
import type { Json } from "../template/json";
import { databaseUnits, WITH_UNITS } from "./units";

const ENGINES: readonly EngineName[] = ["dynoxide", "dynamodb-local"];
const LARGE = 5_000;
const text = (bytes: number) => ({ S: "x".repeat(bytes) });
const number = (value: number) => ({ N: String(value) });
const key = (talk: string, seq = 1): Json => ({ talk: { S: talk }, seq: number(seq) });
const KEYS = { Projection: { ProjectionType: "KEYS_ONLY" } };
const attribute = (AttributeName: string, AttributeType: string) => ({ AttributeName, AttributeType });
const keyed = (range: string) => [
  { AttributeName: "talk", KeyType: "HASH" },
  { AttributeName: range, KeyType: "RANGE" },
];
const TABLE: Json = {
  AttributeDefinitions: [attribute("talk", "S"), attribute("seq", "N"), attribute("activeAt", "N")],
  BillingMode: "PAY_PER_REQUEST",
  KeySchema: keyed("seq"),
  LocalSecondaryIndexes: [{ IndexName: "byActivity", KeySchema: keyed("activeAt"), ...KEYS }],
  TableName: "Rows",
};

const inRows = (request: Json): Json => ({ TableName: "Rows", ...request });
const OF_ONE_TABLE = /^((Get|Put|Update|Delete)Item|Query)$/;

const engines = new Map<EngineName, Engine>();
beforeAll(async () => {
  const able = ENGINES.filter((name) => missing(name) === undefined);
  await Promise.all(able.map(async (name) => engines.set(name, await startEngine(name))));
  for (const engine of engines.values()) await engineAnswers(engine.endpoint)("CreateTable", TABLE);
});
afterAll(() => Promise.all([...engines.values()].map((engine) => engine.stop())));

describe.each(ENGINES.filter((name) => missing(name) === undefined))("units as %s counts them", (name) => {
  /** "2 written, 1 written in byActivity" */
  const billed = async (action: string, input: Json): Promise<string> => {
    const request = OF_ONE_TABLE.test(action) ? inRows(input) : input;
    const ask = engineAnswers(engines.get(name)?.endpoint ?? "");
    const { status, answer } = await ask(action, { ...request, ...WITH_UNITS });
    return databaseUnits({ action, request, answer: { status, body: answer } })
      .map(({ readUnits, writeUnits, index, failed }) => {
        const units = readUnits > 0 ? `${readUnits} read` : `${writeUnits} written`;
        return `${units}${index === undefined ? "" : ` in ${index}`}${failed ? ", refused" : ""}`;
      })
      .join(", ");
  };
  const put = (talk: string, seq: number, more: Json) =>
    billed("PutItem", { Item: { ...key(talk, seq), ...more } });
  const putAll = async (talk: string, count: number, more: Json) => {
    for (let seq = 1; seq <= count; seq += 1) await put(talk, seq, more);
  };
  const change = (talk: string, expression: string, value: Json) =>
    billed("UpdateItem", {
      Key: key(talk),
      UpdateExpression: expression,
      ExpressionAttributeValues: { ":new": value },
    });
  const query = (talk: string, more: Json = {}, values: Json = {}) =>
    billed("Query", {
      KeyConditionExpression: "talk = :talk",
      ExpressionAttributeValues: { ":talk": { S: talk }, ...values },
      ...more,
    });
  const CONSISTENT = { ConsistentRead: true };

  it("an item that is read: each 4 KB begun, half of it when eventually consistent", async () => {
    await put("read", 1, { text: text(LARGE) });
    expect(await billed("GetItem", { Key: key("read"), ...CONSISTENT })).toBe("2 read");
    expect(await billed("GetItem", { Key: key("read") })).toBe("1 read");
  });

  it("an item that is not there: as one that is small", async () => {
    expect(await billed("GetItem", { Key: key("nobody"), ...CONSISTENT })).toBe("1 read");
    expect(await billed("GetItem", { Key: key("nobody") })).toBe("0.5 read");
  });

  it.skipIf(name === "dynoxide")("an item of which a part is asked for: the whole of it", async () => {
    await put("part", 1, { text: text(LARGE) });
    const part = { Key: key("part"), ProjectionExpression: "seq", ...CONSISTENT };
    expect(await billed("GetItem", part)).toBe("2 read");
  });

  it("a query: the sum of what it reads, not each item", async () => {
    await putAll("query", 10, { text: text(300) });
    expect(await query("query", CONSISTENT)).toBe("1 read");
    expect(await query("query")).toBe("0.5 read");
    await putAll("long", 6, { text: text(1_500) });
    expect(await query("long", CONSISTENT)).toBe("3 read");
    expect(await query("long", { ...CONSISTENT, Limit: 2 })).toBe("1 read");
  });

  it("a query: what it read before it filtered and cut", async () => {
    await putAll("filter", 6, { text: text(1_500) });
    const filter = { ...CONSISTENT, FilterExpression: "mood = :mood" };
    expect(await query("filter", filter, { ":mood": { S: "none" } })).toBe("3 read");
    expect(await query("filter", { ...CONSISTENT, ProjectionExpression: "seq" })).toBe("3 read");
    expect(await query("filter", { ...CONSISTENT, Select: "COUNT" })).toBe("3 read");
  });

  it("a query that finds nothing: as one that finds little", async () => {
    expect(await query("silence", CONSISTENT)).toBe("1 read");
    expect(await query("silence")).toBe("0.5 read");
    expect(await query("silence", { ...CONSISTENT, IndexName: "byActivity" })).toBe("1 read in byActivity");
  });

  it("a put: each KB begun, of the larger of what was there and what is", async () => {
    expect(await put("put", 1, { text: text(10) })).toBe("1 written");
    expect(await put("put", 2, { text: text(1_100) })).toBe("2 written");
    expect(await put("put", 2, { text: text(10) })).toBe("2 written");
  });

  it("an update: the larger of before and after, whatever it changes of it", async () => {
    await put("update", 1, { text: text(2_500) });
    expect(await change("update", "SET mood = :new", { S: "fine" })).toBe("3 written");
    await put("shrink", 1, { body: text(LARGE) });
    expect(await change("shrink", "SET body = :new", text(1))).toBe("5 written");
    expect(await change("shrink", "SET body = :new", text(2_500))).toBe("3 written");
  });

  it("a delete: what was there, one unit when nothing was", async () => {
    await put("delete", 1, { body: text(2_500) });
    expect(await billed("DeleteItem", { Key: key("delete") })).toBe("3 written");
    expect(await billed("DeleteItem", { Key: key("delete") })).toBe("1 written");
  });

  it("a failed condition: the write that it would have been", async () => {
    const free = {
      ConditionExpression: "attribute_not_exists(talk)",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    };
    await put("taken", 1, { body: text(10) });
    const larger = { Item: { ...key("taken"), body: text(1_100) }, ...free };
    expect(await billed("PutItem", larger)).toBe("2 written, refused");
    await put("taken", 1, { body: text(2_500) });
    const smaller = { Item: { ...key("taken"), body: text(10) }, ...free };
    expect(await billed("PutItem", smaller)).toBe("3 written, refused");
  });

  it("a local index: one for an entry that comes or goes, two for one that moves", async () => {
    expect(await put("index", 1, { activeAt: number(1) })).toBe("1 written, 1 written in byActivity");
    expect(await change("index", "SET activeAt = :new", number(2))).toBe(
      "1 written, 2 written in byActivity",
    );
    expect(await put("index", 1, { activeAt: number(3) })).toBe("1 written, 2 written in byActivity");
    expect(await billed("DeleteItem", { Key: key("index") })).toBe("1 written, 1 written in byActivity");
  });

  it("a local index: nothing when what it holds stays as it is", async () => {
    await put("still", 1, { activeAt: number(1) });
    expect(await change("still", "SET body = :new", text(10))).toBe("1 written");
    expect(await change("still", "SET activeAt = :new", number(1))).toBe("1 written");
    expect(await put("still", 2, { body: text(10) })).toBe("1 written");
  });

  it("a transaction: twice what its parts are, read or written", async () => {
    const puts = [10, 1_100].map((bytes, seq) => ({
      Put: inRows({ Item: { ...key("both", seq), body: text(bytes) } }),
    }));
    expect(await billed("TransactWriteItems", { TransactItems: puts })).toBe("6 written");
    await put("both", 2, { body: text(LARGE) });
    const gets = [0, 2].map((seq) => ({ Get: inRows({ Key: key("both", seq) }) }));
    expect(await billed("TransactGetItems", { TransactItems: gets })).toBe("6 read");
  });

  it.skipIf(name === "dynamodb-local")(
    "a transaction: a check is billed as a write of its item",
    async () => {
      await put("check", 1, { body: text(1_100) });
      const there = { Key: key("check"), ConditionExpression: "attribute_exists(talk)" };
      const items = [{ ConditionCheck: inRows(there) }, { Put: inRows({ Item: key("check", 2) }) }];
      expect(await billed("TransactWriteItems", { TransactItems: items })).toBe("6 written");
    },
  );

  it.skipIf(name === "dynoxide")("a transaction: twice what an index takes", async () => {
    const item = { Put: inRows({ Item: { ...key("twice"), activeAt: number(1) } }) };
    expect(await billed("TransactWriteItems", { TransactItems: [item] })).toBe(
      "2 written, 2 written in byActivity",
    );
  });

  it("a batch: each of its items by itself", async () => {
    await put("batch", 1, { body: text(LARGE) });
    await put("batch", 2, { body: text(10) });
    const of = (more: Json) => ({
      RequestItems: { Rows: { Keys: [key("batch", 1), key("batch", 2)], ...more } },
    });
    expect(await billed("BatchGetItem", of(CONSISTENT))).toBe("3 read");
    expect(await billed("BatchGetItem", of({}))).toBe("1.5 read");
    const written = [10, 1_100].map((bytes, seq) => ({
      PutRequest: { Item: { ...key("batch-put", seq), body: text(bytes) } },
    }));
    expect(await billed("BatchWriteItem", { RequestItems: { Rows: written } })).toBe("3 written");
  });

  it.skipIf(name === "dynamodb-local")("a batch: what is not there, as what is small", async () => {
    const nobody = { RequestItems: { Rows: { Keys: [key("batch-nobody")] } } };
    expect(await billed("BatchGetItem", nobody)).toBe("0.5 read");
  });

  it.skipIf(name === "dynamodb-local")("a statement: what it selects is read", async () => {
    await put("sql", 1, { body: text(10) });
    const select = `SELECT * FROM "Rows" WHERE talk = 'sql' AND seq = 1`;
    expect(await billed("ExecuteStatement", { Statement: select, ...CONSISTENT })).toBe("1 read");
  });
});
