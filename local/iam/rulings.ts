// A role's rulings, kept: a chat message makes some five calls, and all but the first of their kind find theirs here.

import { looksAtIds, numbered } from "./numbered-resources";
import { type CountedStatement, ruleOn, type Ruling } from "./ruling";

/** Far more than a template has; a function that asks for made-up tables must not fill the memory. */
const MOST_KEPT = 2_000;

export type Rulings = (action: string, resource: string) => Ruling;

export function keepRulings(counted: readonly CountedStatement[]): Rulings {
  const statements = counted.map(({ statement }) => statement);
  const kept = new Map<string, Map<string, Ruling | "by-id">>();
  let size = 0;

  const make = (action: string, resource: string, key: string): Ruling | "by-id" => {
    const ids = numbered(resource);
    const ruling = ids && looksAtIds(statements, ids) ? "by-id" : ruleOn(counted, action, resource);
    if (++size > MOST_KEPT) {
      kept.clear();
      size = 1;
    }
    const ofAction = kept.get(action) ?? new Map<string, Ruling | "by-id">();
    kept.set(action, ofAction.set(key, ruling));
    return ruling;
  };

  return (action, resource) => {
    const key = numbered(resource)?.front ?? resource;
    const ruling = kept.get(action)?.get(key) ?? make(action, resource, key);
    return ruling === "by-id" ? ruleOn(counted, action, resource) : ruling;
  };
}
