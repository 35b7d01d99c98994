// On each engine that this machine has. What it has not is skipped by name.

import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Resource } from "../resources";
import { runningProcesses } from "../running";
import type { Json } from "../template/json";
import { engineClient } from "./engine-client";
import { startEngine } from "./engine-process";
import { availableEngine, type EngineName } from "./engines";
import { type LocalTables, startTables } from "./tables";

const ENGINES: readonly EngineName[] = ["dynoxide", "dynamodb-local"];

const S = "S";
const N = "N";
const attribute = (AttributeName: string, AttributeType: string) => ({ AttributeName, AttributeType });
const key = (AttributeName: string, KeyType: string) => ({ AttributeName, KeyType });
const ALL = { ProjectionType: "ALL" };
const inbox = (more: Json = {}): Resource => ({
  id: "chat/Inbox",
  type: "AWS::DynamoDB::Table",
  properties: {
    AttributeDefinitions: [attribute("user", S), attribute("conversation", S), attribute("activeAt", N)],
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [key("user", "HASH"), key("conversation", "RANGE")],
    LocalSecondaryIndexes: [
      {
        IndexName: "byActivity",
        KeySchema: [key("user", "HASH"), key("activeAt", "RANGE")],
        Projection: ALL,
      },
    ],
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    ...more,
  },
});
const NAME = "parley-Inbox-1";
const nameOf = () => NAME;
const ITEM = { user: { S: "ada" }, conversation: { S: "d.ada.grace" }, activeAt: { N: "1" } };
const readBack = { TableName: NAME, Key: { user: ITEM.user, conversation: ITEM.conversation } };

const opened: LocalTables[] = [];
afterEach(async () => {
  for (const tables of opened.splice(0)) await tables.stop();
  vi.unstubAllEnvs();
});

const place = () => realpathSync(mkdtempSync(join(tmpdir(), "parley-tables-")));
async function open(dataDir: string, resource: Resource = inbox()): Promise<LocalTables> {
  const tables = await startTables({ resources: [resource], nameOf, dataDir });
  opened.push(tables);
  return tables;
}
const enginesOn = (dataDir: string) =>
  runningProcesses().filter(
    ({ command }) => /(dynoxide|java)$/.test(command[0] ?? "") && command.some((it) => it.includes(dataDir)),
  );

describe.each(ENGINES)("tables on %s", (name) => {
  const engine = engineOrNothing(name);
  const on = () => vi.stubEnv("PARLEY_ENGINE", name);

  describe.skipIf(engine === undefined)("where it is installed", () => {
    it("are made once, with their indexes, and kept over a restart", async () => {
      on();
      const dataDir = place();
      const first = await open(dataDir, inbox({ TimeToLiveSpecification: ttl("expiresAtSeconds") }));
      expect(first.engine.name).toBe(name);
      expect(first.changes.map(({ did }) => did)).toEqual(["made it", "set the TTL"]);
      await engineClient(first.endpoint)("PutItem", { TableName: NAME, Item: ITEM });
      await first.stop();

      const second = await open(dataDir, inbox({ TimeToLiveSpecification: ttl("expiresAtSeconds") }));
      expect(second.changes).toEqual([]);
      const page = await engineClient(second.endpoint)("Query", {
        TableName: NAME,
        IndexName: "byActivity",
        ConsistentRead: true,
        KeyConditionExpression: "#u = :u",
        ExpressionAttributeNames: { "#u": "user" },
        ExpressionAttributeValues: { ":u": ITEM.user },
      });
      expect(page["Items"]).toEqual([ITEM]);
    });

    it("follow the template's global indexes and TTL while they run", async () => {
      on();
      const tables = await open(place());
      const indexed = inbox({
        GlobalSecondaryIndexes: [
          { IndexName: "byTalk", KeySchema: [key("conversation", "HASH")], Projection: ALL },
        ],
        TimeToLiveSpecification: ttl("goneAtSeconds"),
      });
      const did = async (resource: Resource) =>
        (await tables.follow([resource], nameOf)).map((change) => change.did);
      expect(await did(indexed)).toEqual(["added an index", "set the TTL"]);
      expect(await did(indexed)).toEqual([]);
      expect(await did(inbox())).toEqual(["removed an index", "unset the TTL"]);
    });

    it("keep what they have acknowledged when the engine is killed -9 at once", async () => {
      on();
      const dataDir = place();
      const losses: Error[] = [];
      const tables = await startTables({
        ...{ resources: [inbox()], nameOf, dataDir },
        onLost: (reason) => losses.push(reason),
      });
      await engineClient(tables.endpoint)("PutItem", { TableName: NAME, Item: ITEM });
      for (const { pid } of enginesOn(dataDir)) process.kill(pid, "SIGKILL");
      await vi.waitFor(() => expect(losses).toHaveLength(1), { timeout: 10_000, interval: 10 });

      const again = await open(dataDir);
      const answer = await engineClient(again.endpoint)("GetItem", { ...readBack, ConsistentRead: true });
      expect(answer["Item"]).toEqual(ITEM);
    });

    it("end an engine that an earlier cloud left on the database", async () => {
      on();
      if (engine === undefined) return;
      const dataDir = place();
      const orphan = await startEngine(engine, join(dataDir, "tables"));
      await open(dataDir);
      await orphan.child.ended;
      expect(enginesOn(dataDir)).toHaveLength(1);
    });
  });
});

describe("what cannot be done is said in one sentence", () => {
  it("refuses two clouds on one data directory", async () => {
    const dataDir = place();
    await open(dataDir);
    await expect(open(dataDir)).rejects.toThrow(/unable to use .*tables; another local cloud/);
  });

  it("refuses to change a table's keys, and keeps the table", async () => {
    const dataDir = place();
    await open(dataDir);
    for (const tables of opened.splice(0)) await tables.stop();
    const changed = inbox({ KeySchema: [key("user", "HASH"), key("activeAt", "RANGE")] });
    await expect(open(dataDir, changed)).rejects.toThrow(/unable to keep the table .* delete \.local\//);
    expect(enginesOn(dataDir)).toEqual([]);
  });

  it("refuses a property that it does not know", async () => {
    const resource = inbox({ ImportSourceSpecification: {} });
    await expect(open(place(), resource)).rejects.toThrow(/its property ImportSourceSpecification/);
  });

  it("refuses an engine of another name", () => {
    expect(() => availableEngine("mongo")).toThrow(/PARLEY_ENGINE is "mongo": set it to dynoxide or/);
  });
});

const ttl = (AttributeName: string) => ({ AttributeName, Enabled: true });

function engineOrNothing(name: EngineName) {
  try {
    return availableEngine(name);
  } catch {
    return undefined;
  }
}
