// DynamoDB's typed JSON, as much of it as we store: strings, numbers, booleans, maps and lists.

export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly M: Item }
  | { readonly L: readonly AttributeValue[] };

export type Item = { readonly [name: string]: AttributeValue };
export type Row = { readonly [name: string]: unknown };

export function itemOf(row: Row): Item {
  const present = Object.entries(row).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.map(([name, value]) => [name, attributeOf(value)]));
}

function attributeOf(value: unknown): AttributeValue {
  if (typeof value === "string") return { S: value };
  if (typeof value === "number" && Number.isFinite(value)) return { N: String(value) };
  if (typeof value === "boolean") return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(attributeOf) };
  if (isRecord(value)) return { M: itemOf(value) };
  throw new TypeError(`unable to store a value; ${typeof value} has no place in our tables`);
}

export function rowOf(item: unknown): Row {
  if (!isRecord(item)) throw new TypeError("unable to read an item; it is not an object");
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, valueOf(value)]));
}

function valueOf(attribute: unknown): unknown {
  if (isRecord(attribute)) {
    if (typeof attribute["S"] === "string") return attribute["S"];
    if (typeof attribute["N"] === "string") return Number(attribute["N"]);
    if (typeof attribute["BOOL"] === "boolean") return attribute["BOOL"];
    if (Array.isArray(attribute["L"])) return attribute["L"].map(valueOf);
    if (isRecord(attribute["M"])) return rowOf(attribute["M"]);
  }
  throw new TypeError("unable to read an attribute; its type has no place in our tables");
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
