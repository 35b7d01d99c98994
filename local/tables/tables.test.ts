// On each engine that this machine has. What it has not is skipped by name.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Resource } from "../resources";
import { runningProcesses } from "../running";
import type { Json } from "../template/json";
import { engineClient } from "./engine-client";
import { endOrphans } from "./engine-process";
import { availableEngine, type EngineName } from "./engines";
import type { TableChange } from "./make-tables";
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
const BY_TALK = { IndexName: "byTalk", KeySchema: [key("conversation", "HASH")], Projection: ALL };
const did = (changes: readonly TableChange[]) => changes.map((change) => change.did);

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

const PATIENCE = { timeout: 60_000, interval: 10 };

describe.each(ENGINES)("tables on %s", (name) => {
  const engine = engineOrNothing(name);
  it.skipIf(engine === undefined)(
    "are made, follow the template, and keep what was acknowledged when the engine is killed -9 at once",
    async () => {
      vi.stubEnv("PARLEY_ENGINE", name);
      const dataDir = place();
      const losses: Error[] = [];
      const onLost = (reason: Error) => losses.push(reason);
      const tables = await startTables({ resources: [inbox()], nameOf, dataDir, onLost });
      expect(tables.engine.name).toBe(name);
      expect(did(tables.changes)).toEqual(["made it"]);

      const indexed = inbox({
        GlobalSecondaryIndexes: [BY_TALK],
        TimeToLiveSpecification: ttl("goneAtSeconds"),
      });
      expect(did(await tables.follow([indexed], nameOf))).toEqual(["added an index", "set the TTL"]);
      expect(did(await tables.follow([indexed], nameOf))).toEqual([]);
      const slimmer = inbox({
        GlobalSecondaryIndexes: [
          { ...BY_TALK, Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["read"] } },
        ],
        TimeToLiveSpecification: ttl("goneAtSeconds"),
      });
      expect(did(await tables.follow([slimmer], nameOf))).toEqual(["removed an index", "added an index"]);
      expect(did(await tables.follow([slimmer], nameOf))).toEqual([]);
      expect(did(await tables.follow([inbox()], nameOf))).toEqual(["removed an index", "unset the TTL"]);

      const streamed = inbox({ StreamSpecification: { StreamViewType: "KEYS_ONLY" } });
      expect(did(await tables.follow([streamed], nameOf))).toEqual(["opened the stream"]);
      expect(did(await tables.follow([streamed], nameOf))).toEqual([]);
      expect(did(await tables.follow([inbox()], nameOf))).toEqual(["closed the stream"]);

      await engineClient(tables.endpoint)("PutItem", { TableName: NAME, Item: ITEM });
      const query = () =>
        engineClient(tables.endpoint)("Query", {
          ...{ TableName: NAME, IndexName: "byActivity", ConsistentRead: true },
          KeyConditionExpression: "#u = :u",
          ExpressionAttributeNames: { "#u": "user" },
          ExpressionAttributeValues: { ":u": ITEM.user },
        });
      tables.kill();
      await vi.waitFor(async () => expect((await query())["Items"]).toEqual([ITEM]), PATIENCE);
      expect(losses).toEqual([]);
    },
    90_000,
  );

  it.runIf(engine !== undefined && name === "dynoxide")(
    "are given up when their engine ends again and again, and free their directory",
    async () => {
      vi.stubEnv("PARLEY_ENGINE", name);
      const dataDir = place();
      const losses: Error[] = [];
      const onLost = (reason: Error) => losses.push(reason);
      await startTables({ resources: [inbox()], nameOf, dataDir, onLost });
      await vi.waitFor(() => {
        for (const { pid } of enginesOn(dataDir)) process.kill(pid, "SIGKILL");
        expect(losses).toHaveLength(1);
      }, PATIENCE);
      expect(losses[0]?.message).toMatch(/start again/);
      expect((await open(dataDir)).changes).toEqual([]);
    },
    90_000,
  );
});

describe("an engine that an earlier cloud left on the database", () => {
  const left = (argv0: string, dataDir: string) =>
    spawn(process.execPath, ["-e", "setInterval(() => {}, 1e3)", join(dataDir, "tables", "dynoxide.db")], {
      argv0,
    });

  it.each(["dynoxide", "java"])("is ended before a new one starts, as %s", async (program) => {
    const dataDir = place();
    const orphan = left(program, dataDir);
    const ended = once(orphan, "exit");
    await vi.waitFor(() => expect(enginesOn(dataDir)).toHaveLength(1), 60_000);
    expect(await endOrphans(join(dataDir, "tables", "dynoxide.db"))).toBe(1);
    expect(await ended).toEqual([null, "SIGTERM"]);
  });

  it("is no other program that has the database open", async () => {
    const dataDir = place();
    const editor = left("vim", dataDir);
    await once(editor, "spawn");
    expect(await endOrphans(join(dataDir, "tables", "dynoxide.db"))).toBe(0);
    editor.kill();
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
