// A report for people.

import type { DeniedUse, GrantUse, Report, RoleUse } from "./report";

export function reportTable({ stack, roles, notRun }: Report): string {
  const notHere = notRun.map((role) => `  ${role}: nothing here assumes it`);
  return [stack, ...roles.map(roleTable), ...(notHere.length > 0 ? [["Not run", ...notHere].join("\n")] : [])]
    .join("\n\n")
    .concat("\n");
}

function roleTable({ role, functions, granted, denied }: RoleUse): string {
  const rows = [
    ...granted.map((grant) => [times(grant.used), grant.action, describe(grant)]),
    ...denied.map((denial) => [`denied ${denial.times}`, denial.action, denial.resource]),
  ];
  const width = (column: number) => Math.max(0, ...rows.map((row) => (row[column] ?? "").length));
  const lines = rows.map(
    ([count = "", action = "", resource = ""]) =>
      `  ${count.padStart(width(0))}  ${action.padEnd(width(1))}  ${resource}`,
  );
  return [`${role} (${functions.join(", ")})`, ...lines].join("\n");
}

const times = (used: number) => (used === 0 ? "never" : `${used}`);
const describe = ({ resource, condition }: GrantUse) =>
  condition === undefined ? resource : `${resource} if ${condition}`;

/** A sentence for each grant that nothing used and each call that was denied. */
export function findings({ roles }: Report): readonly string[] {
  return roles.flatMap(({ role, granted, denied }) => [
    ...granted
      .filter(({ used }) => used === 0)
      .map((grant) => `never used: ${role} may ${grant.action} on ${describe(grant)}`),
    ...denied.map((denial) => `denied: ${describeDenial(denial)}`),
  ]);
}

const REASONS = {
  "no-statement": "no statement allows it",
  condition: "the condition of its statement does not hold",
  "explicit-deny": "a statement denies it",
} satisfies Record<DeniedUse["because"], string>;

const describeDenial = ({ functionName, action, resource, because, times: count }: DeniedUse) =>
  `${functionName} may not ${action} on ${resource} (${count} times); ${REASONS[because]}`;
