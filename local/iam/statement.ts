// A policy's statements, compiled: what they grant, and what they match.

import { isRecord, type Json } from "../template/json";
import { compileCondition, type Condition } from "./conditions";
import { type Matches, wildcard, wildcardWithoutCase } from "./wildcard";

/** One action of a statement on one of its resources, wildcards kept: what a report counts. */
export type Grant = {
  /** "dynamodb:PutItem"; of NotAction "all but dynamodb:PutItem". */
  readonly action: string;
  readonly resource: string;
  /** As the template has it; the same action and resource under another condition is another grant. */
  readonly condition: string | undefined;
  readonly matches: (action: string, resource: string) => boolean;
};

export type Statement = {
  readonly effect: "Allow" | "Deny";
  readonly grants: readonly Grant[];
  /** Undefined where it has none. */
  readonly condition: Condition | undefined;
  /** What its resources are compared with, wildcards kept. */
  readonly resourcePatterns: readonly string[];
  /** As the template has it. */
  readonly source: Json;
};

const ELEMENTS = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];

/** `whose` opens the sentence of a refusal: "unable to read <whose>; …". */
export function readStatements(policyDocument: unknown, whose: string): readonly Statement[] {
  const refuse = (reason: string) => new Error(`unable to read ${whose}; ${reason}`);
  if (!isRecord(policyDocument)) throw refuse("its document is not an object");
  const { Statement: listed } = policyDocument;
  return (Array.isArray(listed) ? listed : [listed]).map((statement: unknown) => {
    try {
      return readStatement(statement);
    } catch (error) {
      throw refuse(
        `${error instanceof Error ? error.message : String(error)}, in ${JSON.stringify(statement)}`,
      );
    }
  });
}

function readStatement(source: unknown): Statement {
  if (!isRecord(source)) throw new Error("a statement is not an object");
  const unknown = Object.keys(source).find((element) => !ELEMENTS.includes(element));
  if (unknown !== undefined) throw new Error(`the local cloud does not know the element ${unknown}`);
  const { Effect, Condition: condition } = source;
  if (Effect !== "Allow" && Effect !== "Deny") throw new Error(`its Effect is ${JSON.stringify(Effect)}`);
  const actions = side(source, "Action", wildcardWithoutCase);
  const resources = side(source, "Resource", wildcard);
  const key = condition === undefined ? undefined : JSON.stringify(condition);
  return {
    effect: Effect,
    grants: actions.shown.flatMap((action) =>
      resources.shown.map((resource) => ({
        action: action.text,
        resource: resource.text,
        condition: key,
        matches: (one: string, other: string) => action.matches(one) && resource.matches(other),
      })),
    ),
    condition: condition === undefined ? undefined : compileCondition(condition),
    resourcePatterns: resources.patterns,
    source,
  };
}

type Side = {
  readonly shown: readonly { readonly text: string; readonly matches: Matches }[];
  readonly patterns: readonly string[];
};

/** `Action` or `NotAction`; `Resource` or `NotResource`. */
function side(source: Json, name: "Action" | "Resource", compile: (pattern: string) => Matches): Side {
  const none = `Not${name}`;
  if (name in source === none in source) throw new Error(`it must have one of ${name} and ${none}`);
  const listed = source[name] ?? source[none];
  const patterns = (Array.isArray(listed) ? listed : [listed]).map((pattern: unknown) => {
    if (typeof pattern !== "string") throw new Error(`${JSON.stringify(pattern)} is not a text`);
    if (pattern.includes("${"))
      throw new Error(`the local cloud does not fill in the policy variable in "${pattern}"`);
    if (name === "Action" && pattern !== "*" && !pattern.includes(":"))
      throw new Error(`"${pattern}" is no action; those are called service:Name`);
    return pattern;
  });
  if (patterns.length === 0) throw new Error(`its ${name} is empty`);
  const compiled = patterns.map((text) => ({ text, matches: compile(text) }));
  if (name in source) return { shown: compiled, patterns };
  const matches = (text: string) => !compiled.some((each) => each.matches(text));
  return { shown: [{ text: `all but ${patterns.join(", ")}`, matches }], patterns };
}
