// One look through a table for items whose time is over. A condition guards each deletion: an item that was renewed
// meanwhile stays.

import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { isRecord, type Json, listAt, recordAt, textAt } from "../template/json";
import { type EngineClient, EngineError } from "./engine-client";
import type { Claim, Claims } from "./expiry-claims";

export type ExpiringTable = {
  readonly name: string;
  readonly attribute: string;
  readonly keys: readonly string[];
  readonly isStreamed: boolean;
};

/** AWS leaves items alone whose time was over more than five years ago: it takes the number for a mistake. */
const OLDEST_SECONDS = 5 * 365 * 24 * 3_600;
/** An engine answers nobody else while it looks through a page: dynoxide takes 4 ms for these. */
const PAGE_ITEMS = 200;
/** Between two pages, so many times as long as the last one took: who talks meanwhile hardly notices. */
const RESTS = 4;

export type Swept = {
  readonly deleted: number;
  /** The earliest expiry of what is left, in seconds. */
  readonly earliest: number | undefined;
};

export async function sweep(
  table: ExpiringTable,
  { call, claims, stop, dueSeconds }: Sweeping,
): Promise<Swept> {
  const oldest = dueSeconds - OLDEST_SECONDS;
  const names = { "#expiry": table.attribute };
  let deleted = 0;
  let earliest: number | undefined;
  let from: unknown;
  do {
    const startedAt = performance.now();
    const page = await call("Scan", {
      TableName: table.name,
      Limit: PAGE_ITEMS,
      FilterExpression: "#expiry > :oldest",
      ProjectionExpression: [...table.keys.map((_, at) => `#key${at}`), "#expiry"].join(", "),
      ExpressionAttributeNames: {
        ...names,
        ...Object.fromEntries(table.keys.map((key, at) => [`#key${at}`, key])),
      },
      ExpressionAttributeValues: { ":oldest": { N: String(oldest) } },
      ...(from !== undefined && { ExclusiveStartKey: from }),
    });
    const due: Claim[] = [];
    for (const item of listAt(page, "Items").filter(isRecord)) {
      const expiry = expiryOf(item, table.attribute);
      if (expiry === undefined) continue;
      const seconds = Number(expiry);
      if (seconds <= dueSeconds) due.push({ table: table.name, keys: keysOf(item, table), expiry });
      else earliest = Math.min(earliest ?? Infinity, seconds);
    }
    if (table.isStreamed && due.length > 0) await claims.add(due);
    for (const claim of due) {
      const isGone = await remove(call, claim, { names, dueSeconds });
      if (isGone) deleted += 1;
      else claims.drop(claim);
    }
    from = page["LastEvaluatedKey"];
    if (from !== undefined) await rest(RESTS * (performance.now() - startedAt), stop);
  } while (from !== undefined && !stop.aborted);
  return { deleted, earliest };
}

/** Until it is over, or nothing is swept any more. */
const rest = (ms: number, stop: AbortSignal): Promise<void> =>
  pause(ms, undefined, { signal: stop, ref: false }).catch(() => undefined);

export type Sweeping = {
  readonly call: EngineClient;
  readonly claims: Claims;
  readonly stop: AbortSignal;
  /** What expired at this instant or before is deleted. */
  readonly dueSeconds: number;
};

async function remove(
  call: EngineClient,
  { table, keys }: Claim,
  { names, dueSeconds }: { readonly names: Json; readonly dueSeconds: number },
): Promise<boolean> {
  try {
    await call("DeleteItem", {
      TableName: table,
      Key: keys,
      ConditionExpression: "#expiry <= :due",
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ":due": { N: String(dueSeconds) } },
    });
    return true;
  } catch (error) {
    if (error instanceof EngineError && error.code === "ConditionalCheckFailedException") return false;
    throw error;
  }
}

const keysOf = (item: Json, { keys }: ExpiringTable): Json =>
  Object.fromEntries(keys.map((key) => [key, item[key]]));

/** Of an item: "1735689600", if it is a number. Anything else never expires. */
export const expiryOf = (item: Json | undefined, attribute: string): string | undefined =>
  textAt(recordAt(item, attribute), "N");
