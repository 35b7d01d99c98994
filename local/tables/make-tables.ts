// Brings the engine's tables to what the template says: missing ones are made, global indexes and TTL follow the
// template. Keys cannot change in place: CloudFormation would replace the table and lose what is in it, so here
// the person decides.

import { setTimeout as pause } from "node:timers/promises";
import { type Json, recordAt, textAt } from "../template/json";
import { type EngineClient, EngineError } from "./engine-client";
import { fixedKeys, indexesOf, projected, STREAM, type TableDefinition } from "./table-definition";

export type TableChange = {
  readonly table: string;
  readonly did:
    | "made it"
    | "added an index"
    | "removed an index"
    | "opened the stream"
    | "closed the stream"
    | "set the TTL"
    | "unset the TTL";
};

export async function makeTables(
  call: EngineClient,
  definitions: readonly TableDefinition[],
): Promise<readonly TableChange[]> {
  const changes = await Promise.all(definitions.map((definition) => makeTable(call, definition)));
  return changes.flat();
}

async function makeTable(call: EngineClient, definition: TableDefinition): Promise<TableChange[]> {
  const found = await describe(call, definition.name);
  if (found === undefined) await call("CreateTable", definition.creation);
  else assertSameKeys(found, definition);
  await active(call, definition.name);
  const changed = (did: TableChange["did"]) => ({ table: definition.name, did });
  return [
    ...(found === undefined
      ? [changed("made it")]
      : [
          ...(await followIndexes(call, definition, found)),
          ...(await followStream(call, definition, found)),
        ]),
    ...(await followTtl(call, definition)),
  ];
}

function assertSameKeys(found: Json, definition: TableDefinition): void {
  const [before, after] = [fixedKeys(found), fixedKeys(definition.creation)];
  if (before === after) return;
  throw new Error(
    `unable to keep the table ${definition.name}; its keys were [${before}] and are [${after}] in the template, and a table cannot change its keys: take the change back, or delete .local/ to start empty`,
  );
}

/** An engine changes one index at a time, and the table is not ready meanwhile. */
async function followIndexes(
  call: EngineClient,
  definition: TableDefinition,
  found: Json,
): Promise<TableChange[]> {
  const { name, indexes } = definition;
  const there = indexesOf(found);
  const changes: TableChange[] = [];
  const update = async (change: Json, did: TableChange["did"]) => {
    await call("UpdateTable", {
      TableName: name,
      AttributeDefinitions: definition.creation["AttributeDefinitions"],
      GlobalSecondaryIndexUpdates: [change],
    });
    await active(call, name);
    changes.push({ table: name, did });
  };
  for (const [IndexName, index] of there) {
    const wanted = indexes.get(IndexName);
    if (wanted === undefined || contentOf(wanted) !== contentOf(index))
      await update({ Delete: { IndexName } }, "removed an index");
  }
  for (const [IndexName, index] of indexes) {
    const before = there.get(IndexName);
    if (before === undefined || contentOf(before) !== contentOf(index))
      await update({ Create: index }, "added an index");
  }
  return changes;
}

/** An index cannot change in place either; but all that is in it is in its table. */
const contentOf = (index: Json): string =>
  `${fixedKeys({ KeySchema: index["KeySchema"] })} of ${projected(index)}`;

async function followStream(
  call: EngineClient,
  { name: TableName, isStreamed }: TableDefinition,
  found: Json,
): Promise<TableChange[]> {
  const stream = recordAt(found, "StreamSpecification");
  const isOpen = stream["StreamEnabled"] === true;
  const isWhole = stream["StreamViewType"] === STREAM.StreamViewType;
  if (isOpen === isStreamed && (isWhole || !isStreamed)) return [];
  const set = async (StreamSpecification: Json) => {
    await call("UpdateTable", { TableName, StreamSpecification });
    await active(call, TableName);
  };
  // An open stream cannot change what it shows: it is closed first.
  if (isOpen) await set({ StreamEnabled: false });
  if (isStreamed) await set(STREAM);
  return [{ table: TableName, did: isStreamed ? "opened the stream" : "closed the stream" }];
}

async function followTtl(call: EngineClient, definition: TableDefinition): Promise<TableChange[]> {
  const { name: TableName, ttlAttribute } = definition;
  const answer = recordAt(await call("DescribeTimeToLive", { TableName }), "TimeToLiveDescription");
  const enabled = (textAt(answer, "TimeToLiveStatus") ?? "").startsWith("ENABL");
  const before = enabled ? textAt(answer, "AttributeName") : undefined;
  if (before === ttlAttribute) return [];
  const set = (AttributeName: string, Enabled: boolean) =>
    call("UpdateTimeToLive", { TableName, TimeToLiveSpecification: { AttributeName, Enabled } });
  if (before !== undefined) await set(before, false);
  if (ttlAttribute !== undefined) await set(ttlAttribute, true);
  return [{ table: TableName, did: ttlAttribute === undefined ? "unset the TTL" : "set the TTL" }];
}

async function describe(call: EngineClient, TableName: string): Promise<Json | undefined> {
  try {
    return recordAt(await call("DescribeTable", { TableName }), "Table");
  } catch (error) {
    if (error instanceof EngineError && error.code === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

const ACTIVE_WITHIN_MS = 20_000;

async function active(call: EngineClient, name: string): Promise<void> {
  const deadline = Date.now() + ACTIVE_WITHIN_MS;
  while (Date.now() < deadline) {
    const table = await describe(call, name);
    const indexes = table === undefined ? [] : [...indexesOf(table).values()];
    const states = [table, ...indexes].map((it) => textAt(it, "TableStatus") ?? textAt(it, "IndexStatus"));
    if (states.every((state) => state === "ACTIVE")) return;
    await pause(20);
  }
  throw new Error(`unable to make the table ${name}; it is not active after ${ACTIVE_WITHIN_MS / 1_000} s`);
}
