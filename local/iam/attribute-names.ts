// Which attributes a call names: in its key or item, in its expressions, and in the older parameters that came before
// expressions. Of a path only the first step counts: `body.text` names `body`.

import { isRecord, type Json, listAt, recordAt, textAt } from "../template/json";

const EXPRESSIONS = [
  "ConditionExpression",
  "FilterExpression",
  "KeyConditionExpression",
  "ProjectionExpression",
  "UpdateExpression",
];
const OLDER = ["AttributeUpdates", "Expected", "KeyConditions", "QueryFilter", "ScanFilter"];
/** DynamoDB reserves these, so an attribute of such a name is always written with "#". */
const WORDS = new Set(["ADD", "AND", "BETWEEN", "DELETE", "IN", "NOT", "OR", "REMOVE", "SET"]);
/** A name, unless it is a later step of a path, a value's placeholder or a function. */
const NAME = /(?<![\w.:#])#?[A-Za-z_]\w*(?!\w|\s*\()/g;

export function attributesNamed(call: Json): readonly string[] {
  const names = new Set([
    ...["Key", "Item", ...OLDER].flatMap((parameter) => Object.keys(recordAt(call, parameter))),
    ...listAt(call, "AttributesToGet").map(String),
    ...EXPRESSIONS.flatMap((parameter) => namesIn(textAt(call, parameter) ?? "", call)),
  ]);
  return [...names];
}

function namesIn(expression: string, call: Json): readonly string[] {
  return [...expression.matchAll(NAME)]
    .map(([name]) => name)
    .filter((name) => !WORDS.has(name.toUpperCase()))
    .map((name) => resolved(name, call));
}

/** "#from" by what ExpressionAttributeNames say. */
export const resolved = (name: string, call: Json): string =>
  name.startsWith("#") ? (textAt(call["ExpressionAttributeNames"], name) ?? name) : name;

/** The value that a Query gives to the partition key; undefined where that is not understood. */
export function queriedPartition(call: Json, partitionKey: string): string | undefined {
  const older = recordAt(recordAt(call, "KeyConditions"), partitionKey);
  if (older["ComparisonOperator"] === "EQ") return valueText(listAt(older, "AttributeValueList")[0]);
  const expression = textAt(call, "KeyConditionExpression") ?? "";
  for (const [, left = "", right = ""] of expression.matchAll(/([#:]?\w+)\s*=\s*([#:]?\w+)/g)) {
    const [name, value] = left.startsWith(":") ? [right, left] : [left, right];
    if (resolved(name, call) === partitionKey)
      return valueText(recordAt(call, "ExpressionAttributeValues")[value]);
  }
  return undefined;
}

/** What a policy compares: the text, the number's digits, the bytes in base64. */
export function valueText(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const [text] = [value["S"], value["N"], value["B"]].filter((each) => typeof each === "string");
  return text;
}
