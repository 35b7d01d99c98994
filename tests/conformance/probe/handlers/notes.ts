// What a function did, left where a test finds it: the tests see no logs and no memory of a deployed function.

import { callDynamo, variable } from "./aws-call";

const HOUR_SECONDS = 3_600;

type Value = { readonly S: string } | { readonly N: string };

type Answer = { readonly Item?: object; readonly Attributes?: { readonly times?: { readonly N: string } } };

const valueOf = (value: string | number): Value =>
  typeof value === "number" ? { N: String(value) } : { S: value };

const expiry = () => ({ N: String(Math.floor(Date.now() / 1_000) + 24 * HOUR_SECONDS) });

async function call(action: string, input: object): Promise<Answer> {
  const { status, text } = await callDynamo(action, { TableName: variable("NOTES_TABLE"), ...input });
  if (status !== 200) throw new Error(`unable to leave a note; DynamoDB answers ${status}: ${text}`);
  return JSON.parse(text);
}

export async function leaveNote(key: string, says: Readonly<Record<string, string | number>>): Promise<void> {
  const fields = Object.entries(says).map(([name, value]) => [name, valueOf(value)] as const);
  await call("PutItem", {
    Item: { key: { S: key }, expiresAt: expiry(), ...Object.fromEntries(fields) },
  });
}

export async function hasNote(key: string): Promise<boolean> {
  const { Item } = await call("GetItem", { Key: { key: { S: key } }, ConsistentRead: true });
  return Item !== undefined;
}

/** One more time, whoever counts beside it; the answer is how many there are now. */
export async function countNote(key: string): Promise<number> {
  const { Attributes } = await call("UpdateItem", {
    Key: { key: { S: key } },
    UpdateExpression: "ADD times :one SET expiresAt = :at",
    ExpressionAttributeValues: { ":one": { N: "1" }, ":at": expiry() },
    ReturnValues: "UPDATED_NEW",
  });
  return Number(Attributes?.times?.N);
}

/** Adds a line to a note; lines stand in the order in which they were added. */
export async function addLine(key: string, line: string): Promise<void> {
  await call("UpdateItem", {
    Key: { key: { S: key } },
    UpdateExpression: "SET expiresAt = :at, #lines = list_append(if_not_exists(#lines, :none), :line)",
    ExpressionAttributeNames: { "#lines": "lines" },
    ExpressionAttributeValues: { ":none": { L: [] }, ":line": { L: [{ S: line }] }, ":at": expiry() },
  });
}
