import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { DONE, PUT, stand, typeOf } from "./gate-fixture";

const OTHER = { ...PUT, Item: { ...PUT.Item, conversation: { S: "d.a.c" } } };

describe("the gate before the tables' engine", () => {
  it("passes a call on, counts its units, and takes out what it asked for besides", async () => {
    const { call, heard, meter, written } = await stand();
    expect(await call("PutItem", PUT)).toEqual({ status: 200, body: {} });
    expect(heard[0]?.body).toMatchObject({ ...PUT, ReturnConsumedCapacity: "INDEXES" });
    expect(meter.snapshot().database).toMatchObject([
      { functionName: "Frames", cause: "send", action: "PutItem", table: "Log", writeUnits: 1, failed: 0 },
    ]);
    expect(written).toEqual(["Log"]);
  });

  it("leaves in what the function itself asked for", async () => {
    const { call } = await stand();
    const { body } = await call("PutItem", { ...PUT, ReturnConsumedCapacity: "TOTAL" });
    expect(body).toEqual(DONE.body);
  });

  it("counts a failed condition by the item that stood there, and shows it only to who asked", async () => {
    const there = { conversation: { S: "d.a.b" }, body: { S: "x".repeat(2_500) } };
    const failed = {
      __type: "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
      Item: there,
    };
    const { call, heard, meter, written } = await stand(() => ({ status: 400, body: failed }));
    const refused = await call("PutItem", { ...PUT, ConditionExpression: "attribute_not_exists(seq)" });
    expect(typeOf(refused)).toBe("ConditionalCheckFailedException");
    expect(refused.body).not.toHaveProperty("Item");
    expect(heard[0]?.body).toHaveProperty("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
    expect(meter.snapshot().database).toMatchObject([{ writeUnits: 3, failed: 1 }]);
    expect(written).toEqual([]);
  });

  it("refuses keys that are nobody's, unknown operations and what is no JSON, without asking the engine", async () => {
    const { call, heard } = await stand();
    expect(typeOf(await call("PutItem", PUT, { key: "ASIASTRANGER" }))).toBe("UnrecognizedClientException");
    expect(typeOf(await call("PutItem", PUT, { token: "of-an-ended-one" }))).toBe(
      "UnrecognizedClientException",
    );
    expect(typeOf(await call("Put Item", PUT))).toBe("UnknownOperationException");
    expect(typeOf(await call("PutItem", "{"))).toBe("SerializationException");
    expect(heard).toEqual([]);
  });

  it("denies what the role may not, in AWS's own shape", async () => {
    const { call, heard } = await stand(undefined, {
      authorize: ({ action }) => ({
        is: "denied",
        message: `is not authorized to perform: dynamodb:${action}`,
      }),
    });
    const denied = await call("Scan", { TableName: "Log" });
    expect(denied).toMatchObject({
      status: 400,
      body: { Message: "is not authorized to perform: dynamodb:Scan" },
    });
    expect(typeOf(denied)).toBe("AccessDeniedException");
    expect(heard).toEqual([]);
  });

  it.each([
    ["throttle", "ThrottlingException", 0],
    ["fail", "InternalServerError", 0],
    ["conflict", "TransactionConflictException", 0],
    ["failAfterApplying", "InternalServerError", 1],
  ])("in weather %s answers %s, with %i done", async (name, type, done) => {
    const { call, heard, weather } = await stand();
    weather.set({ database: { [name]: 1 } });
    expect(typeOf(await call("PutItem", PUT))).toBe(type);
    expect(heard).toHaveLength(done);
  });

  it("names the reasons of a transaction that met another", async () => {
    const { call, weather } = await stand();
    weather.set({ database: { conflict: 1 } });
    const cancelled = await call("TransactWriteItems", { TransactItems: [{ Put: PUT }, { Put: PUT }] });
    expect(typeOf(cancelled)).toBe("TransactionCanceledException");
    expect(cancelled.body["CancellationReasons"]).toMatchObject([
      { Code: "TransactionConflict" },
      { Code: "None" },
    ]);
  });

  it("hangs up after it was done, where the weather says so", async () => {
    const { call, heard, weather } = await stand();
    weather.set({ database: { hangUp: 1 } });
    await expect(call("PutItem", PUT)).rejects.toThrow();
    expect(heard).toHaveLength(1);
  });

  it.each([
    ["before", 1],
    ["after", 2],
  ])("ends a function %s its second call", async (when, done) => {
    const { call, heard, weather, crash } = await stand();
    weather.set({ functions: { crash: [{ function: "Frames", call: 2, when, times: 1 }] } });
    await call("PutItem", PUT);
    await expect(call("PutItem", PUT)).rejects.toThrow();
    expect(crash).toHaveBeenCalledOnce();
    expect(heard).toHaveLength(done);
  });

  it("lets one partition take a thousand write units a second, and another go on", async () => {
    const { call, clock } = await stand(() => ({
      body: { ConsumedCapacity: { TableName: "Log", CapacityUnits: 500 } },
    }));
    for (let n = 0; n < 2; n++) expect((await call("PutItem", PUT)).status).toBe(200);
    expect(typeOf(await call("PutItem", PUT))).toBe("ProvisionedThroughputExceededException");
    expect((await call("PutItem", OTHER)).status).toBe(200);
    clock.turn(1_000);
    expect((await call("PutItem", PUT)).status).toBe(200);
  });

  it("keeps what a partition may read apart from what it may write", async () => {
    const { call } = await stand(({ action }) => ({
      body: { ConsumedCapacity: { TableName: "Log", CapacityUnits: action === "PutItem" ? 1_000 : 3_000 } },
    }));
    const GET = { TableName: "Log", Key: PUT.Item };
    expect((await call("PutItem", PUT)).status).toBe(200);
    expect((await call("GetItem", GET)).status).toBe(200);
    expect(typeOf(await call("GetItem", GET))).toBe("ProvisionedThroughputExceededException");
  });

  it.each([
    ["TransactWriteItems", { TransactItems: [{ Put: PUT }, { Update: { ...PUT, Key: OTHER.Item } }] }],
    ["BatchWriteItem", { RequestItems: { Log: [{ PutRequest: PUT }, { PutRequest: OTHER }] } }],
  ])("counts what %s writes with the partition of each item", async (action, input) => {
    const { call } = await stand(() => ({
      body: { ConsumedCapacity: [{ TableName: "Log", CapacityUnits: 1_000 }] },
    }));
    for (let n = 0; n < 2; n++) expect((await call(action, input)).status).toBe(200);
    expect(typeOf(await call(action, input))).toBe("ProvisionedThroughputExceededException");
    expect(typeOf(await call("PutItem", PUT))).toBe("ProvisionedThroughputExceededException");
    expect(typeOf(await call("PutItem", OTHER))).toBe("ProvisionedThroughputExceededException");
  });

  it("hangs up while the engine is away, and serves the next call when it is back", async () => {
    let gone = true;
    let there = "";
    const { call, engine } = await stand(undefined, { engine: () => (gone ? "http://127.0.0.1:1" : there) });
    there = `http://127.0.0.1:${(engine.address() as AddressInfo).port}`;
    await expect(call("PutItem", PUT)).rejects.toThrow();
    gone = false;
    expect((await call("PutItem", PUT)).status).toBe(200);
  });
});
