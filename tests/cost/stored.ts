// What lies in the tables, as it would be billed: read from the engine itself, item by item.

import { storedBytes } from "../../local/meter/stored-bytes";
import { engineClient } from "../../local/tables/engine-client";
import { isRecord, type Json, listAt, recordAt, textAt } from "../../local/template/json";
import type { CostCloud } from "./cloud";
import { tableIn, type TableName } from "./tables";

export type Stored = { readonly bytes: number; readonly recoverableBytes: number };

export async function storedIn({ template, tables }: CostCloud): Promise<Stored> {
  const call = engineClient(tables.endpoint);
  let stored: Stored = { bytes: 0, recoverableBytes: 0 };
  for (const resource of template.resources.filter(({ type }) => type === "AWS::DynamoDB::Table")) {
    const { properties } = resource;
    const bytes = storedBytes({
      items: await allOf(call, template.nameOf(resource)),
      indexes: indexesOf(properties),
    });
    const isKept =
      recordAt(properties, "PointInTimeRecoverySpecification")?.["PointInTimeRecoveryEnabled"] === true;
    stored = {
      bytes: stored.bytes + bytes,
      recoverableBytes: stored.recoverableBytes + (isKept ? bytes : 0),
    };
  }
  return stored;
}

export const itemsIn = ({ template, tables }: CostCloud, table: TableName): Promise<readonly Json[]> =>
  allOf(engineClient(tables.endpoint), template.nameOf(tableIn({ template }, table)));

async function allOf(call: ReturnType<typeof engineClient>, table: string): Promise<readonly Json[]> {
  const items: Json[] = [];
  let from: unknown;
  do {
    const page = await call("Scan", {
      TableName: table,
      ...(from !== undefined && { ExclusiveStartKey: from }),
    });
    items.push(...(listAt(page, "Items") ?? []).filter(isRecord));
    from = page["LastEvaluatedKey"];
  } while (from !== undefined);
  return items;
}

/** Indexes that hold the keys alone; another projection would have to be reckoned here too. */
function indexesOf(properties: Json): readonly (readonly string[])[] {
  const namesIn = (keys: readonly unknown[]) => keys.flatMap((key) => textAt(key, "AttributeName") ?? []);
  const own = namesIn(listAt(properties, "KeySchema") ?? []);
  const indexes = ["LocalSecondaryIndexes", "GlobalSecondaryIndexes"].flatMap(
    (kind) => listAt(properties, kind) ?? [],
  );
  return indexes.map((index) => {
    if (textAt(recordAt(index, "Projection"), "ProjectionType") !== "KEYS_ONLY")
      throw new Error("unable to reckon an index; it holds more than keys");
    return [...own, ...namesIn(listAt(index, "KeySchema") ?? [])];
  });
}
