// Physical names say too much to be read and change with the stack: "…-ChatTablesLogC4C00240-6KGNPYgmg7GY" is "Log".

import type { Usage } from "../../local/meter/usage";

const PHYSICAL = /Chat(?:Tables)?([A-Z][a-z]+)(?:Function|[0-9A-F]{8}-)/;

const short = (name: string): string => PHYSICAL.exec(name)?.[1] ?? name;

export function readable(usage: Usage): Usage {
  const named = <Use extends { readonly functionName: string }>(use: Use): Use => ({
    ...use,
    functionName: short(use.functionName),
  });
  return {
    ...usage,
    runs: usage.runs.map(named),
    logs: usage.logs.map(named),
    database: usage.database.map((use) => ({ ...named(use), table: short(use.table) })),
  };
}
