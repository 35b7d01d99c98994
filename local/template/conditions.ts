// The `Conditions` of a template: Fn::Equals, Fn::And, Fn::Or, Fn::Not and other conditions by name.

import { isRecord, type Json } from "./json";
import { list, resolve, type Scope, text } from "./intrinsics";

export function createConditions(definitions: Json, scope: Scope): (name: string) => boolean {
  const known = new Map<string, boolean>();
  const open: string[] = [];

  const named = (name: string): boolean => {
    const before = known.get(name);
    if (before !== undefined) return before;
    if (!Object.hasOwn(definitions, name))
      throw new Error(`unable to decide condition ${name}; it is not defined`);
    if (open.includes(name))
      throw new Error(
        `unable to decide condition ${name}; it goes in a circle: ${[...open, name].join(" -> ")}`,
      );
    open.push(name);
    const holds = decide(definitions[name]);
    open.pop();
    known.set(name, holds);
    return holds;
  };

  const decide = (value: unknown): boolean => {
    const [entry] = isRecord(value) ? Object.entries(value) : [];
    if (entry === undefined)
      throw new Error(`unable to decide a condition; ${JSON.stringify(value)} is none`);
    const [name, argument] = entry;
    switch (name) {
      case "Condition":
        return named(text(argument, name));
      case "Fn::Equals": {
        const [left, right] = list(argument, name, 2).map((side) => text(resolve(side, scope), name));
        return left === right;
      }
      case "Fn::And":
        return list(argument, name).every(decide);
      case "Fn::Or":
        return list(argument, name).some(decide);
      case "Fn::Not":
        return !list(argument, name, 1).every(decide);
      default:
        throw new Error(`unable to decide a condition; the local cloud does not know ${name}`);
    }
  };
  return named;
}
