// On each engine that this machine has. What it has not is skipped by name.

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Engine, type EngineName, missing, startEngine } from "../../tests/fixtures/engine";
import { createExpiry } from "../tables/expiry";
import type { Json } from "../template/json";
import { turnableClock } from "../turnable-clock";
import { item, labelOf, numberOf, QUEUE_ARN, type Stand, stand } from "./stream-fixture";

const ENGINES: readonly EngineName[] = ["dynoxide", "dynamodb-local"];
const HOUR_MS = 3_600_000;

describe.each(ENGINES)("a table's stream on %s", (name) => {
  const reason = missing(name);
  let engine: Engine | undefined;
  let here: Stand | undefined;
  let tables = 0;

  beforeAll(async () => {
    if (reason === undefined) engine = await startEngine(name);
  });
  afterEach(async () => {
    await here?.stop();
    here = undefined;
  });
  afterAll(async () => {
    await engine?.stop();
  });

  const open = async (options: Omit<Parameters<typeof stand>[0], "endpoint" | "table"> = {}) =>
    (here = await stand({ endpoint: engine?.endpoint ?? "", table: `log-${++tables}`, ...options }));

  it.skipIf(reason)("brings every change to the function, in order and in Lambda's words", async () => {
    const { table, streamArn, call, put, start } = await open();
    const events: Json[] = [];
    const streams = start((records) => void events.push(...records));
    const key = item("a", 1);
    await put({ ...key, body: { S: "hello" } });
    await put({ ...key, body: { S: "hello" } });
    await put({ ...key, body: { S: "goodbye" } });
    await call("DeleteItem", { TableName: table, Key: key });
    await streams.idle();

    expect(events.map((event) => event["eventName"])).toEqual(["INSERT", "MODIFY", "REMOVE"]);
    expect(new Set(events.map((event) => event["eventID"])).size).toBe(3);
    expect(events.map(numberOf)).toEqual(events.map(numberOf).sort());
    expect(events[1]).toEqual({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName: "MODIFY",
      eventVersion: "1.1",
      eventSource: "aws:dynamodb",
      awsRegion: "us-east-1",
      dynamodb: {
        ApproximateCreationDateTime: expect.any(Number),
        Keys: key,
        NewImage: { ...key, body: { S: "goodbye" } },
        OldImage: { ...key, body: { S: "hello" } },
        SequenceNumber: expect.stringMatching(/^\d{21}$/),
        // Keys 9 ("log" and "a", "seq" and a number of two bytes), twice more in the images with a body each.
        SizeBytes: 9 + (9 + 11) + (9 + 9),
        StreamViewType: "NEW_AND_OLD_IMAGES",
      },
      eventSourceARN: streamArn,
    });
  });

  it.skipIf(reason)("shows no more than the template's view of it", async () => {
    const { put, start } = await open({ view: "NEW_IMAGE" });
    const events: Json[] = [];
    const streams = start((records) => void events.push(...records));
    await put(item("a", 1, { body: { S: "one" } }));
    await put(item("a", 1, { body: { S: "two" } }));
    await streams.idle();
    expect(events[1]?.["dynamodb"]).toMatchObject({
      StreamViewType: "NEW_IMAGE",
      NewImage: expect.anything(),
    });
    expect(events[1]?.["dynamodb"]).not.toHaveProperty("OldImage");
  });

  it.skipIf(reason)("repeats a batch until it passes, and brings nothing past it", async () => {
    const { put, start } = await open({ mapping: { BatchSize: 2 } });
    const batches: string[][] = [];
    for (let seq = 1; seq <= 4; seq++) await put(item("a", seq));
    let failures = 2;
    const streams = start((records) => {
      batches.push(records.map(labelOf));
      if (failures-- > 0) throw new Error("not yet");
    });
    await streams.idle();
    expect(batches).toEqual([
      ["a1", "a2"],
      ["a1", "a2"],
      ["a1", "a2"],
      ["a3", "a4"],
    ]);
  });

  it.skipIf(reason)("finds a poison record by halves, and tells the queue of it alone", async () => {
    const { streamArn, put, start, queues } = await open({
      mapping: {
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: QUEUE_ARN } },
      },
    });
    for (let seq = 1; seq <= 5; seq++) await put(item("a", seq));
    const passed: string[] = [];
    let poison: string | undefined;
    const streams = start((records) => {
      const bad = records.find((record) => labelOf(record) === "a3");
      poison = bad ? numberOf(bad) : poison;
      if (bad) throw new Error("poison");
      passed.push(...records.map(labelOf));
    });
    await streams.idle();
    expect(passed).toEqual(["a1", "a2", "a4", "a5"]);
    const told: unknown[] = queues.bodies(QUEUE_ARN).map((body) => JSON.parse(body));
    expect(told).toEqual([
      {
        requestContext: {
          requestId: expect.any(String),
          functionArn: expect.stringContaining(":function:relay"),
          condition: "RetryAttemptsExhausted",
          approximateInvokeCount: expect.any(Number),
        },
        responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
        version: "1.0",
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        DDBStreamBatchInfo: {
          shardId: expect.stringMatching(/^shardId-/),
          startSequenceNumber: poison,
          endSequenceNumber: poison,
          approximateArrivalOfFirstRecord: expect.stringMatching(/^\d{4}-[^.]*Z$/),
          approximateArrivalOfLastRecord: expect.stringMatching(/^\d{4}-[^.]*Z$/),
          batchSize: 1,
          streamArn,
        },
      },
    ]);
  });

  it.skipIf(reason)("goes on from the lowest failure that the function reports", async () => {
    const { put, start } = await open({ mapping: { FunctionResponseTypes: ["ReportBatchItemFailures"] } });
    for (let seq = 1; seq <= 4; seq++) await put(item("a", seq));
    const batches: string[][] = [];
    const streams = start((records) => {
      batches.push(records.map(labelOf));
      const failed = batches.length > 1 ? [] : records.slice(2);
      return { batchItemFailures: failed.reverse().map((it) => ({ itemIdentifier: numberOf(it) })) };
    });
    await streams.idle();
    expect(batches).toEqual([
      ["a1", "a2", "a3", "a4"],
      ["a3", "a4"],
    ]);
  });

  it.skipIf(reason)(
    "goes on after a restart where it stopped, and repeats what was not finished",
    async () => {
      const { put, start } = await open();
      const seen: string[] = [];
      await put(item("a", 1));
      const first = start((records) => void seen.push(...records.map(labelOf)));
      await first.idle();
      await first.stop();

      await put(item("a", 2));
      let hung = false;
      const second = start(() => {
        hung = true;
        return new Promise(() => undefined);
      });
      await vi.waitFor(() => expect(hung).toBe(true), { timeout: 60_000, interval: 10 });
      await second.stop();

      await put(item("a", 3));
      const third = start((records) => void seen.push(...records.map(labelOf)));
      await third.idle();
      expect(seen).toEqual(["a1", "a2", "a3"]);
    },
  );

  it.skipIf(reason)("begins at the end where the template says LATEST", async () => {
    const { put, start } = await open({ mapping: { StartingPosition: "LATEST" } });
    const seen: string[] = [];
    await put(item("a", 1));
    const streams = start((records) => void seen.push(...records.map(labelOf)));
    await streams.idle();
    await put(item("a", 2));
    await streams.idle();
    expect(seen).toEqual(["a2"]);
  });

  it.skipIf(reason)("keeps the order of a partition key with several lanes", async () => {
    const { put, start } = await open({ mapping: { ParallelizationFactor: 4, BatchSize: 1 } });
    const logs = ["a", "b", "c", "d", "e"];
    for (let seq = 1; seq <= 5; seq++) for (const log of logs) await put(item(log, seq));
    const seen: string[] = [];
    let running = 0;
    let most = 0;
    const streams = start(async (records) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
      seen.push(...records.map(labelOf));
    });
    await streams.idle();
    for (const log of logs)
      expect(seen.filter((label) => label.startsWith(log))).toEqual([1, 2, 3, 4, 5].map((n) => `${log}${n}`));
    expect(most).toBeGreaterThan(1);
  });

  it.skipIf(reason)("leaves out what no filter matches", async () => {
    const pattern = { eventName: ["INSERT"], dynamodb: { NewImage: { kind: { S: [{ prefix: "mess" }] } } } };
    const { put, start } = await open({
      mapping: { FilterCriteria: { Filters: [{ Pattern: JSON.stringify(pattern) }] } },
    });
    const seen: string[] = [];
    const streams = start((records) => void seen.push(...records.map(labelOf)));
    await put(item("a", 1, { kind: { S: "message" } }));
    await put(item("a", 2, { kind: { S: "closed" } }));
    await put(item("a", 1, { kind: { S: "message" }, edited: { BOOL: true } }));
    await streams.idle();
    expect(seen).toEqual(["a1"]);
  });

  it.skipIf(reason)(
    "tells of an item that expired as the service's, and spares one that was renewed",
    async () => {
      const clock = turnableClock(Date.now());
      const { table, resources, dataDir, call, put, start } = await open({ clock });
      const expiryOptions = {
        ...{ resources, clock, dataDir },
        nameOf: () => table,
        engineEndpoint: () => engine?.endpoint ?? "",
        tell: () => undefined,
      };
      const expiry = createExpiry(expiryOptions);
      const removed: Json[] = [];
      const streams = start(
        (records) => void removed.push(...records.filter((it) => it["eventName"] === "REMOVE")),
        { expiry },
      );
      const inHours = (hours: number) => ({ N: String(Math.floor(clock.now() / 1_000) + 3_600 * hours) });
      await put(item("a", 1, { expiresAt: inHours(1) }));
      await put(item("a", 2, { expiresAt: inHours(100) }));
      await put(item("a", 3));
      await put(item("a", 4));
      await call("DeleteItem", { TableName: table, Key: item("a", 4) });
      clock.turn(48 * HOUR_MS);
      await expiry.idle();
      await streams.idle();
      expect(removed.map(labelOf)).toEqual(["a4"]);
      clock.turn(2 * HOUR_MS);
      await expiry.idle();
      await streams.idle();
      expect(removed.map((it) => [labelOf(it), it["userIdentity"]])).toEqual([
        ["a4", undefined],
        ["a1", { type: "Service", principalId: "dynamodb.amazonaws.com" }],
      ]);
      expect((await call("Scan", { TableName: table }))["Count"]).toBe(2);
      await expiry.stop();
    },
  );
});
