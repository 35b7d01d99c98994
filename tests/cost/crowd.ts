// Thousands of people with profiles, conversations and open sockets, written straight into the engine: what a
// message costs must not depend on how many others there are.

import { itemOf, type Row } from "../../amplify/chat/adapters/attribute-values";
import { directConversation } from "../../core/domain/conversation";
import type { UserId } from "../../core/domain/ids";
import { messageEntry } from "../../core/testing/entries";
import { RandomIds } from "../../core/testing/random-ids";
import { seededRandom } from "../../core/testing/seeded-random";
import { engineClient } from "../../local/tables/engine-client";
import type { CostCloud } from "./cloud";
import { tableIn, type TableName } from "./tables";

/** As much as one transaction takes: an engine makes one durable write of it. */
const BATCH = 100;
const AT_ONCE = 4;
const SEED = 10_000;

type Stored = { readonly table: TableName; readonly row: Row };

/** Each talks with one other, and is there now. */
export async function storeCrowd(cloud: CostCloud, people: number): Promise<void> {
  const ids = new RandomIds(seededRandom(SEED));
  const now = cloud.clock.now();
  const rows: Stored[] = [];
  for (let pair = 0; pair < people / 2; pair += 1) {
    const [one, other] = [ids.user(), ids.user()];
    rows.push(...rowsOfPerson(ids, one, pair * 2, now), ...rowsOfPerson(ids, other, pair * 2 + 1, now));
    rows.push(...rowsOfTalk(ids, one, other, now));
  }
  await write(cloud, rows);
}

function rowsOfPerson(ids: RandomIds, user: UserId, number: number, now: number): readonly Stored[] {
  const handle = `crowd-${number}`;
  const expiresAt = now + 3_600_000;
  return [
    { table: "People", row: { key: `u#${user}`, user, name: `Person ${number}`, handle } },
    { table: "People", row: { key: `h#${handle}`, user } },
    {
      table: "Connections",
      row: {
        ...{ user, connectionId: ids.connection(), state: "ready", device: ids.device() },
        ...{ expiresAt, expiresAtSeconds: Math.ceil(expiresAt / 1_000) },
      },
    },
  ];
}

function rowsOfTalk(ids: RandomIds, one: UserId, other: UserId, now: number): readonly Stored[] {
  const conversation = directConversation(one, other);
  const entry = messageEntry({
    ...{ conversation, seq: 1, id: ids.entry(), from: one, device: ids.device(), at: now },
  });
  const inbox = [one, other].map((user): Stored => ({
    table: "Inbox",
    row: {
      user,
      conversation,
      activeAt: now,
      floor: 10_001,
      delivered: 1,
      read: 1,
      tallyAtRead: entry.tally,
    },
  }));
  return [{ table: "Log", row: entry }, ...inbox];
}

async function write({ template, tables }: CostCloud, rows: readonly Stored[]): Promise<void> {
  const call = engineClient(tables.endpoint);
  const physical = (table: TableName): string => template.nameOf(tableIn({ template }, table));
  const names = { Log: physical("Log"), Inbox: physical("Inbox"), People: physical("People") };
  const named = { ...names, Connections: physical("Connections") };
  const batches = Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, index) =>
    rows.slice(index * BATCH, (index + 1) * BATCH),
  );
  const writer = async () => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) {
      const puts = batch.map(({ table, row }) => ({ Put: { TableName: named[table], Item: itemOf(row) } }));
      await call("TransactWriteItems", { TransactItems: puts });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, writer));
}
