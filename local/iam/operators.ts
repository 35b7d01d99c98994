// The condition operators: how one value of the call is compared with one value of the policy.
//
// "String…" take text as it is, "…Like" with "*" and "?", "Arn…" part by part between the colons, "Numeric…" numbers,
// "Bool" true and false. Any other (Date…, IpAddress, BinaryEquals) is refused by name when a policy is read.

import { wildcard } from "./wildcard";

export type Operator = {
  /** "…Not…": holds where nothing matches, and where there is nothing. */
  readonly negated: boolean;
  /** Of a value in a policy: what matches it. */
  readonly compile: (wanted: string) => (value: string) => boolean;
};

const equals = (wanted: string) => (value: string) => value === wanted;

const equalsWithoutCase = (wanted: string) => {
  const lower = wanted.toLowerCase();
  return (value: string) => value.toLowerCase() === lower;
};

const numeric = (holds: (value: number, wanted: number) => boolean) => (text: string) => {
  const wanted = Number(text);
  // NaN, of either side, compares false with everything.
  return (value: string) => value.trim() !== "" && holds(Number(value), wanted);
};

/** Six parts; the last may hold colons. A wildcard does not reach over a colon of the first five. */
const ARN_PARTS = 6;

function arnParts(arn: string): readonly string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(":")];
}

export function arnPattern(pattern: string): (arn: string) => boolean {
  const parts = arnParts(pattern).map(wildcard);
  return (arn) => {
    const values = arnParts(arn);
    return values.length === parts.length && values.every((value, at) => parts[at]?.(value) === true);
  };
}

const is = (compile: Operator["compile"]): Operator => ({ negated: false, compile });
const isNot = (compile: Operator["compile"]): Operator => ({ negated: true, compile });
const equal = numeric((value, wanted) => value === wanted);

export const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: is(equals),
  StringNotEquals: isNot(equals),
  StringEqualsIgnoreCase: is(equalsWithoutCase),
  StringNotEqualsIgnoreCase: isNot(equalsWithoutCase),
  StringLike: is(wildcard),
  StringNotLike: isNot(wildcard),
  ArnEquals: is(arnPattern),
  ArnLike: is(arnPattern),
  ArnNotEquals: isNot(arnPattern),
  ArnNotLike: isNot(arnPattern),
  Bool: is(equalsWithoutCase),
  NumericEquals: is(equal),
  NumericNotEquals: isNot(equal),
  NumericLessThan: is(numeric((value, wanted) => value < wanted)),
  NumericLessThanEquals: is(numeric((value, wanted) => value <= wanted)),
  NumericGreaterThan: is(numeric((value, wanted) => value > wanted)),
  NumericGreaterThanEquals: is(numeric((value, wanted) => value >= wanted)),
};
