// A report for people: resources by the names that they have in the code, without what all ARNs begin with.

import type { DeniedUse, GrantUse, Report, RoleUse } from "./report";

export function reportTable(report: Report): string {
  const notHere = report.notRun.map((role) => `  ${shortRole(role)}: nothing here assumes it`);
  const parts = [report.stack, ...report.roles.map((role) => roleTable(report, role))];
  if (notHere.length > 0) parts.push(["Not run", ...notHere].join("\n"));
  return `${parts.join("\n\n")}\n`;
}

function roleTable(report: Report, { role, functions, granted, denied }: RoleUse): string {
  const rows = [
    ...granted.map((grant) => [
      grant.used === 0 ? "never" : String(grant.used),
      grant.action,
      resourceOf(report, grant),
    ]),
    ...denied.map((denial) => [`denied ${denial.times}`, denial.action, resourceOf(report, denial)]),
  ];
  const width = (column: number) => Math.max(0, ...rows.map((row) => (row[column] ?? "").length));
  const lines = rows.map(
    ([count = "", action = "", resource = ""]) =>
      `  ${count.padStart(width(0))}  ${action.padEnd(width(1))}  ${resource}`,
  );
  const assumedBy = functions.map((name) => report.names[name] ?? name).join(", ");
  return [`${shortRole(role)} (${assumedBy})`, ...lines].join("\n");
}

/** A sentence for each grant that nothing used and each call that was denied. */
export const findings = (report: Report): readonly string[] => [...unused(report), ...denials(report)];

const unused = (report: Report): readonly string[] =>
  report.roles.flatMap(({ role, granted }) =>
    granted
      .filter(({ used }) => used === 0)
      .map((grant) => `never used: ${shortRole(role)} may ${grant.action} on ${resourceOf(report, grant)}`),
  );

export const denials = (report: Report): readonly string[] =>
  report.roles.flatMap(({ denied }) => denied.map((denial) => `denied: ${describeDenial(report, denial)}`));

const REASONS = {
  "no-statement": "no statement allows it",
  condition: "the condition of its statement does not hold",
  "explicit-deny": "a statement denies it",
} satisfies Record<DeniedUse["because"], string>;

function describeDenial(report: Report, denial: DeniedUse): string {
  const { functionName, action, because, times } = denial;
  const who = report.names[functionName] ?? functionName;
  const often = times === 1 ? "once" : `${times} times`;
  return `${who} may not ${action} on ${resourceOf(report, denial)} (${often}); ${REASONS[because]}`;
}

/** "chat1A2B/ChatFramesRole725C335F" */
const shortRole = (role: string) => role.replace(/^.*\//, "").replace(/[0-9A-F]{8}$/, "");

/** "arn:aws:dynamodb:us-east-1:000000000000:table/amplify-parley-…-ChatTablesLogC4C0…" is "table/ChatTablesLog". */
function resourceOf({ names }: Report, use: Pick<GrantUse, "resource" | "condition">): string {
  const short = use.resource.replace(/^arn:aws:[\w-]+:[\w-]*:\d*:/, "");
  // The longer first: one name may be the beginning of another.
  const known = Object.entries(names).sort(([one], [other]) => other.length - one.length);
  const named = known.reduce((text, [name, called]) => text.replaceAll(name, called), short);
  return use.condition === undefined ? named : `${named} if ${use.condition}`;
}
