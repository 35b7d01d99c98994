// Event patterns, by which a mapping takes some records and not others:
//
//   { "eventName": ["INSERT"], "dynamodb": { "NewImage": { "kind": { "S": [{ "prefix": "mes" }] } } } }
//
// Every key must match, and of a key's list one element. What a pattern uses beyond this is refused by name.

import { isRecord, type Json } from "../template/json";

export type Matches = (event: Json) => boolean;
type Test = (value: unknown) => boolean;

export function readPattern(text: string, where: string): Matches {
  const refuse = (reason: string) => new Error(`unable to filter for ${where}; ${reason}`);
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw refuse(`its pattern is not JSON: ${text}`);
  }
  if (!isRecord(pattern)) throw refuse(`its pattern is not an object: ${text}`);
  const test = objectTest(pattern, refuse);
  return (event) => test(event);
}

type Refuse = (reason: string) => Error;

function objectTest(pattern: Json, refuse: Refuse): Test {
  const tests = Object.entries(pattern).map(([key, inner]): Test => {
    if (key === "$or") return orTest(inner, refuse);
    const test = isRecord(inner) ? objectTest(inner, refuse) : listTest(inner, refuse);
    return (event) => test(isRecord(event) ? event[key] : undefined);
  });
  return (event) => tests.every((test) => test(event));
}

function orTest(choices: unknown, refuse: Refuse): Test {
  if (!Array.isArray(choices) || !choices.every(isRecord)) throw refuse("its $or is not a list of patterns");
  const tests = choices.map((choice) => objectTest(choice, refuse));
  return (event) => tests.some((test) => test(event));
}

/** A list in the event matches by one of its elements. */
function listTest(list: unknown, refuse: Refuse): Test {
  if (!Array.isArray(list)) throw refuse(`${JSON.stringify(list)} stands where a list must`);
  const tests = list.map((element: unknown) =>
    isRecord(element) ? comparison(element, refuse) : equalTo(element),
  );
  return (value) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return tests.some((test) => values.some(test));
  };
}

const equalTo =
  (wanted: unknown): Test =>
  (value) =>
    value === wanted;

const textTest =
  (test: (text: string) => boolean): Test =>
  (value) =>
    typeof value === "string" && test(value);

function comparison(element: Json, refuse: Refuse): Test {
  const [[name, wanted] = ["", undefined], ...more] = Object.entries(element);
  if (more.length > 0) throw refuse(`${JSON.stringify(element)} holds more than one comparison`);
  const text = (): string => {
    if (typeof wanted === "string") return wanted;
    throw refuse(`${name} wants a text`);
  };
  switch (name) {
    case "prefix":
      return startsWith(text());
    case "suffix":
      return endsWith(text());
    case "equals-ignore-case":
      return ignoringCase(text());
    case "exists":
      if (typeof wanted !== "boolean") throw refuse("exists wants true or false");
      return (value) => (value !== undefined) === wanted;
    case "anything-but":
      return anythingBut(wanted, refuse);
    case "numeric":
      return numeric(wanted, refuse);
    default:
      throw refuse(`the local cloud does not know the comparison ${name}: add it to ${FILE}`);
  }
}

const FILE = "local/streams/filter-pattern.ts";

const startsWith = (start: string) => textTest((value) => value.startsWith(start));
const endsWith = (end: string) => textTest((value) => value.endsWith(end));
const ignoringCase = (wanted: string) => textTest((value) => value.toLowerCase() === wanted.toLowerCase());

/** Of what is there: a key that is missing is nothing but anything. */
function anythingBut(wanted: unknown, refuse: Refuse): Test {
  const tests: readonly Test[] = isRecord(wanted)
    ? [comparison(wanted, refuse)]
    : (Array.isArray(wanted) ? wanted : [wanted]).map(equalTo);
  return (value) => value !== undefined && !tests.some((test) => test(value));
}

const COMPARE: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  "=": (left, right) => left === right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
};

/** `["=", 5]`, `[">", 0, "<=", 5]`. Numbers of items are texts in a record, and never match: so it is on AWS. */
function numeric(wanted: unknown, refuse: Refuse): Test {
  const parts: readonly unknown[] = Array.isArray(wanted) ? wanted : [];
  const tests: ((value: number) => boolean)[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const compare = COMPARE[String(parts[at])];
    const bound = parts[at + 1];
    if (compare === undefined || typeof bound !== "number")
      throw refuse(`${JSON.stringify(wanted)} is no numeric comparison`);
    tests.push((value) => compare(value, bound));
  }
  if (tests.length === 0) throw refuse("numeric wants a comparison");
  return (value) => typeof value === "number" && tests.every((test) => test(value));
}
