// One check is one function from what was gathered to one sentence. `see` is the heading of docs/deploy.md that
// tells what the trap looks like when it happens, why, and the cure.

import type { Facts } from "./facts";

export type Verdict =
  | { readonly is: "ok"; readonly says: string }
  /** Will not stop the deployment, or cannot be known from here. */
  | { readonly is: "warn"; readonly says: string }
  /** The deployment would fail, or would do harm. */
  | { readonly is: "fail"; readonly says: string };

export type Check = {
  readonly name: string;
  readonly see: string;
  readonly judge: (facts: Facts) => Verdict;
};

export type Finding = Verdict & { readonly check: string; readonly see: string };

export const ok = (says: string): Verdict => ({ is: "ok", says });
export const warn = (says: string): Verdict => ({ is: "warn", says });
export const fail = (says: string): Verdict => ({ is: "fail", says });

/** `ok` when nothing is wrong; otherwise the wrong ones are named, up to three. */
export function none(wrong: readonly string[], good: string, bad: (named: string) => Verdict): Verdict {
  if (wrong.length === 0) return ok(good);
  const named = wrong.slice(0, NAMED).join(", ");
  return bad(wrong.length > NAMED ? `${named} and ${wrong.length - NAMED} more` : named);
}

const NAMED = 3;
