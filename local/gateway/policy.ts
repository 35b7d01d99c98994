// What an authorizer's answer means for one method ARN.

import { isRecord } from "../template/json";

export type Verdict =
  | { readonly is: "allowed" }
  /** By a statement, or because no statement allows it. */
  | { readonly is: "denied"; readonly explicit: boolean }
  | { readonly is: "malformed"; readonly reason: string };

const INVOKE = "execute-api:Invoke";

export function judge(policyDocument: unknown, methodArn: string): Verdict {
  if (!isRecord(policyDocument)) return malformed("it has no policyDocument");
  const statements = listOf(policyDocument["Statement"]);
  if (statements.length === 0) return malformed("its policyDocument has no Statement");
  let allowed = false;
  for (const statement of statements) {
    if (!isRecord(statement)) return malformed("a statement is not an object");
    for (const unread of ["NotAction", "NotResource", "Condition"])
      if (unread in statement) return malformed(`a statement has ${unread}, which is not read here`);
    const { Effect, Action, Resource } = statement;
    if (Effect !== "Allow" && Effect !== "Deny")
      return malformed(`the effect of a statement is ${String(Effect)}`);
    // Action names are compared without case, ARNs with it.
    const action = listOf(Action).some((each) => matches(String(each).toLowerCase(), INVOKE.toLowerCase()));
    if (!action || !listOf(Resource).some((each) => matches(String(each), methodArn))) continue;
    if (Effect === "Deny") return { is: "denied", explicit: true };
    allowed = true;
  }
  return allowed ? { is: "allowed" } : { is: "denied", explicit: false };
}

const malformed = (reason: string): Verdict => ({ is: "malformed", reason });

/** "*" stands for any run of characters, slashes included, "?" for one. */
function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
