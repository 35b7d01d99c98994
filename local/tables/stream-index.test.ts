// Needs dynoxide and the WebAssembly build of SQLite; skipped where one is missing.

import { createRequire } from "node:module";
import { cpSync, mkdtempSync, readdirSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Resource } from "../resources";
import { listAt, recordAt, textAt } from "../template/json";
import { engineClient } from "./engine-client";
import { availableEngine } from "./engines";
import { type LocalTables, startTables } from "./tables";

const LOG: Resource = {
  id: "chat/Log",
  type: "AWS::DynamoDB::Table",
  properties: {
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    StreamSpecification: { StreamViewType: "NEW_IMAGE" },
  },
};
const NAME = "parley-Log-1";

let tables: LocalTables | undefined;
afterEach(async () => {
  await tables?.stop();
  tables = undefined;
  vi.unstubAllEnvs();
});

async function open(dataDir: string): Promise<LocalTables> {
  vi.stubEnv("PARLEY_ENGINE", "dynoxide");
  tables = await startTables({ resources: [LOG], nameOf: () => NAME, dataDir });
  return tables;
}

async function numbersIn({ endpoint }: LocalTables): Promise<readonly unknown[]> {
  const streams = engineClient(endpoint, "DynamoDBStreams_20120810");
  const table = recordAt(await engineClient(endpoint)("DescribeTable", { TableName: NAME }), "Table");
  const StreamArn = textAt(table, "LatestStreamArn");
  const shards = listAt(
    recordAt(await streams("DescribeStream", { StreamArn }), "StreamDescription"),
    "Shards",
  );
  const { ShardIterator } = await streams("GetShardIterator", {
    ...{ StreamArn, ShardId: textAt(shards[0], "ShardId"), ShardIteratorType: "TRIM_HORIZON" },
  });
  const page = await streams("GetRecords", { ShardIterator });
  return listAt(page, "Records").map((record) => recordAt(record, "dynamodb")["SequenceNumber"]);
}

const place = () => realpathSync(mkdtempSync(join(tmpdir(), "parley-streams-")));

function indexesIn(path: string): unknown {
  const { Database } = createRequire(import.meta.url)("node-sqlite3-wasm");
  const database = new Database(path);
  try {
    database.run("PRAGMA locking_mode = EXCLUSIVE");
    return database.all("SELECT name FROM sqlite_master WHERE type = 'index'").map(({ name }: Named) => name);
  } finally {
    database.close();
  }
}
type Named = { readonly name: string };

const put = ({ endpoint }: LocalTables, id: string) =>
  engineClient(endpoint)("PutItem", { TableName: NAME, Item: { id: { S: id } } });

describe("the streams of dynoxide", () => {
  it.skipIf(!isPossible())("are indexed, kept over kill -9, and lose what is older than a day", async () => {
    const dataDir = place();
    const first = await open(dataDir);
    expect(first.engine.remarks).toEqual([]);
    await put(first, "one");
    await put(first, "two");
    // What lies on the disk while the engine runs is what a kill -9 leaves.
    const left = place();
    for (const file of readdirSync(join(dataDir, "tables")).filter((name) => name.startsWith("dynoxide.db")))
      cpSync(join(dataDir, "tables", file), join(left, "tables", file));
    await first.stop();
    expect(indexesIn(join(dataDir, "tables", "dynoxide.db"))).toContain("stream_records_by_number");

    const second = await open(left);
    expect(second.engine.remarks).toEqual([]);
    expect(await numbersIn(second)).toEqual(["1", "2"]);
    await second.stop();

    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 26 * 3_600_000);
    const third = await open(left).finally(() => vi.restoreAllMocks());
    // The highest stays, so that the next number is a new one.
    expect(await numbersIn(third)).toEqual(["2"]);
    await put(third, "three");
    expect(await numbersIn(third)).toEqual(["2", "3"]);
  });
});

function isPossible(): boolean {
  try {
    createRequire(import.meta.url).resolve("node-sqlite3-wasm");
    return availableEngine("dynoxide").name === "dynoxide";
  } catch {
    return false;
  }
}
