// In expressions every name is written `#name` and every value `:value`: DynamoDB has 573 reserved words, and
// `user`, `state`, `read` and `at` are among them.

import { itemOf, type Row } from "./attribute-values";

/** What stands for a `#name` whose attribute is not called so: an attribute of one person's. */
export type Names = Readonly<Record<string, string>>;

/** A condition: "attribute_not_exists(#seq)". */
export type Condition = { readonly where: string; readonly values?: Row; readonly names?: Names };

export function substitutes(values: Row, expressions: readonly string[], named: Names = {}): Row {
  const names = expressions.join(" ").match(/#\w+/g) ?? [];
  const filled = Object.entries(values).map(([name, value]) => [`:${name}`, value] as const);
  return {
    ExpressionAttributeNames: Object.fromEntries(
      names.map((name) => [name, named[name.slice(1)] ?? name.slice(1)]),
    ),
    // DynamoDB refuses an empty map of values.
    ExpressionAttributeValues: filled.length === 0 ? undefined : itemOf(Object.fromEntries(filled)),
  };
}

export function conditionOf(condition: Condition | undefined): Row {
  if (!condition) return {};
  return {
    ConditionExpression: condition.where,
    ...substitutes(condition.values ?? {}, [condition.where], condition.names),
  };
}
