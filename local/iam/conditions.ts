// The `Condition` of a statement, compiled. All of its operators and keys must hold; of the values of a key one is
// enough.
//
//                                 the call has values              it has none
//   StringEquals                  one matches                      fails
//   StringNotEquals               none matches                     holds
//   StringEqualsIfExists          as StringEquals                  holds
//   ForAllValues:StringEquals     each matches                     holds
//   ForAnyValue:StringEquals      one matches                      fails
//   ForAllValues:StringNotEquals  none matches                     holds
//   ForAnyValue:StringNotEquals   one is unlike all                fails
//   Null                          "false" holds                    "true" holds

import { isRecord } from "../template/json";
import { type Context, isKnownKey } from "./context";
import { OPERATORS } from "./operators";

export type Condition = (context: Context) => boolean;

type Test = (values: readonly string[]) => boolean;

/** Throws a sentence's second half: what in it is not read here. */
export function compileCondition(condition: unknown): Condition {
  if (!isRecord(condition)) throw new Error("its Condition is not an object");
  const tests = Object.entries(condition).flatMap(([operator, keys]) => {
    if (!isRecord(keys)) throw new Error(`its ${operator} is not an object`);
    return Object.entries(keys).map(([key, wanted]) => {
      if (!isKnownKey(key))
        throw new Error(`the local cloud does not know the condition key ${key}: see local/iam/context.ts`);
      return { key: key.toLowerCase(), holds: compileTest(operator, textsOf(wanted, key)) };
    });
  });
  return (context) => tests.every(({ key, holds }) => holds(context.get(key) ?? []));
}

function compileTest(name: string, wanted: readonly string[]): Test {
  if (name === "Null") {
    const absent = wanted.some((each) => each.toLowerCase() === "true");
    return (values) => (values.length === 0) === absent;
  }
  const [, set, simple = "", ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const operator = Object.hasOwn(OPERATORS, simple) ? OPERATORS[simple] : undefined;
  if (operator === undefined)
    throw new Error(
      `the local cloud does not know the condition operator ${name}: see local/iam/operators.ts`,
    );
  const { negated } = operator;
  const patterns = wanted.map(operator.compile);
  const matched = (value: string) => patterns.some((matches) => matches(value));
  const good = (value: string) => matched(value) !== negated;
  switch (set) {
    case "ForAllValues":
      return (values) => values.every(good);
    case "ForAnyValue":
      return (values) => values.some(good);
    default:
      return (values) => {
        if (values.length === 0) return negated || ifExists !== undefined;
        return negated ? values.every(good) : values.some(good);
      };
  }
}

function textsOf(wanted: unknown, key: string): readonly string[] {
  return (Array.isArray(wanted) ? wanted : [wanted]).map((value: unknown) => {
    if (typeof value === "object" || value === undefined)
      throw new Error(`the value of ${key} is not a text`);
    const text = String(value);
    if (text.includes("${"))
      throw new Error(`the local cloud does not fill in the policy variable in "${text}"`);
    return text;
  });
}
