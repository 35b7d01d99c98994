// What a role's statements say of one action on one resource. An explicit deny wins over every allow; without an
// allow it is denied.

import type { Context } from "./context";
import type { Statement } from "./statement";

/** Every time that one of its grants decided is counted there. */
export type Counter = { used: number };

export type CountedStatement = {
  readonly statement: Statement;
  /** One a grant, in the order of the statement's grants. */
  readonly counters: readonly Counter[];
};

export type Denial = {
  readonly is: "denied";
  readonly because: "no-statement" | "condition" | "explicit-deny";
  /** Those that deny, or whose condition does not hold. */
  readonly statements: readonly Statement[];
};
/** `always`: whatever the values of the call. */
export type Outcome = { readonly is: "allowed"; readonly always?: true } | Denial;

/** Undefined of a call whose values are not read here: a condition then neither holds nor fails, and it is denied. */
export type ReadContext = () => Context | undefined;
export type Ruling = (read: ReadContext) => Outcome;

const ALLOWED: Outcome = { is: "allowed" };
const ALWAYS: Outcome = { is: "allowed", always: true };

type Matching = { readonly statement: Statement; readonly counters: readonly Counter[] };

export function ruleOn(statements: readonly CountedStatement[], action: string, resource: string): Ruling {
  const matching = statements.flatMap(({ statement, counters }): Matching[] => {
    const touched = counters.filter((_, at) => statement.grants[at]?.matches(action, resource) === true);
    return touched.length === 0 ? [] : [{ statement, counters: touched }];
  });
  const settled = matching.every(({ statement }) => statement.condition === undefined)
    ? outcomeOf(matching, matching)
    : undefined;
  if (settled === undefined) return (read) => weigh(matching, read());
  if (settled.is === "denied") return () => settled;
  const counters = countersOf(matching);
  return () => {
    for (const counter of counters) counter.used++;
    return ALWAYS;
  };
}

function weigh(matching: readonly Matching[], context: Context | undefined): Outcome {
  if (context === undefined) return denied("condition", matching);
  const holding = matching.filter(({ statement }) => statement.condition?.(context) ?? true);
  const outcome = outcomeOf(matching, holding);
  if (outcome.is === "allowed") for (const counter of countersOf(holding)) counter.used++;
  return outcome;
}

function outcomeOf(matching: readonly Matching[], holding: readonly Matching[]): Outcome {
  const denying = holding.filter(({ statement }) => statement.effect === "Deny");
  if (denying.length > 0) return denied("explicit-deny", denying);
  if (holding.length > 0) return ALLOWED;
  return denied(matching.length > 0 ? "condition" : "no-statement", matching);
}

const denied = (because: Denial["because"], by: readonly Matching[]): Denial => ({
  is: "denied",
  because,
  statements: by.map(({ statement }) => statement),
});

const countersOf = (matching: readonly Matching[]) => matching.flatMap(({ counters }) => counters);
