// The engine is asked for more than the function asked for, so that each call can be metered; what was added is
// taken out of the answer again.

import { type Json, jsonIn } from "../template/json";
import { WITH_UNITS } from "./units";
import { costs } from "./call-kinds";

const UNITS_ASKED = JSON.stringify(WITH_UNITS).slice(1, -1);
const UNITS_ANSWERED = '"ConsumedCapacity":';

const FAILS_WITH_ITEM = new Set(["PutItem", "UpdateItem", "DeleteItem"]);

const addsUnits = (action: string, input: Json): boolean =>
  costs(action) && !named(input["ReturnConsumedCapacity"]);
/** A failed condition costs what the item that stood there costs. */
const addsItem = (action: string, input: Json): boolean =>
  FAILS_WITH_ITEM.has(action) &&
  typeof input["ConditionExpression"] === "string" &&
  !named(input["ReturnValuesOnConditionCheckFailure"]);

const named = (choice: unknown): boolean => typeof choice === "string" && choice !== "NONE";

/** Put before what is there: of two members with one name, the last would win in every parser we know. */
export function askWithUnits(action: string, input: Json, body: string): string {
  const added = [
    ...(addsUnits(action, input) ? [UNITS_ASKED] : []),
    ...(addsItem(action, input) ? ['"ReturnValuesOnConditionCheckFailure":"ALL_OLD"'] : []),
  ];
  if (added.length === 0) return body;
  if ("ReturnConsumedCapacity" in input || "ReturnValuesOnConditionCheckFailure" in input)
    return JSON.stringify({
      ...input,
      ...(addsUnits(action, input) && WITH_UNITS),
      ...(addsItem(action, input) && { ReturnValuesOnConditionCheckFailure: "ALL_OLD" }),
    });
  const rest = body.slice(body.indexOf("{") + 1);
  return `{${added.join(",")}${Object.keys(input).length > 0 ? "," : ""}${rest}`;
}

/**
 * Of a call that went well, without reading the answer: both engines put the units last. What stands behind that name and
 * before the last brace is JSON only if the name is one of the answer's own: deeper, a brace would be too many.
 */
export function cutAnswer(
  action: string,
  input: Json,
  body: string,
): { readonly body: string; readonly units: Json } | undefined {
  if (!addsUnits(action, input)) return undefined;
  const at = body.lastIndexOf(UNITS_ANSWERED);
  const before = body[at - 1];
  if (at < 1 || (before !== "," && at !== 1)) return undefined;
  const units = jsonIn(body.slice(at + UNITS_ANSWERED.length, -1));
  if (units === undefined) return undefined;
  return { body: `${body.slice(0, before === "," ? at - 1 : at)}}`, units: { ConsumedCapacity: units } };
}

export function withoutWhatWasAdded(action: string, input: Json, output: Json): Json {
  const { ConsumedCapacity: units, Item: item, ...rest } = output;
  const isRefusal = "__type" in output;
  return {
    ...rest,
    ...(units !== undefined && !addsUnits(action, input) && { ConsumedCapacity: units }),
    ...(item !== undefined && !(isRefusal && addsItem(action, input)) && { Item: item }),
  };
}
