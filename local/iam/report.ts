// What roles were granted, what of it was used and how often, and what was denied; of one stack, over any number of
// runs of the cloud.

export type GrantUse = {
  readonly action: string;
  /** Wildcards kept. */
  readonly resource: string;
  readonly condition?: string;
  readonly used: number;
};

export type DeniedUse = {
  readonly functionName: string;
  readonly action: string;
  /** Without the id of a connection or of a log stream. */
  readonly resource: string;
  readonly because: "no-statement" | "condition" | "explicit-deny";
  readonly times: number;
};

export type RoleUse = {
  readonly role: string;
  readonly functions: readonly string[];
  /** Of all that its policies say. What was denied under other policies is not held against these. */
  readonly fingerprint: string;
  readonly granted: readonly GrantUse[];
  readonly denied: readonly DeniedUse[];
};

export type Report = {
  readonly stack: string;
  /** When the run that wrote it last began: the newest of several tells what the template grants. */
  readonly startedAt: number;
  readonly roles: readonly RoleUse[];
  /** What people would call the resources: logical ids without their hash, by physical name. */
  readonly names: Readonly<Record<string, string>>;
  /** Roles that nothing here assumes. */
  readonly notRun: readonly string[];
};

export const grantKey = ({
  action,
  resource,
  condition,
}: Omit<GrantUse, "used" | "condition"> & { readonly condition?: string | undefined }): string =>
  JSON.stringify([action, resource, condition ?? null]);

export const denialKey = ({ functionName, action, resource, because }: Omit<DeniedUse, "times">): string =>
  JSON.stringify([functionName, action, resource, because]);

/** One report a stack. Counts of grants that its newest template no longer has are left out. */
export function mergeReports(reports: readonly Report[]): readonly Report[] {
  const stacks = new Map<string, Report[]>();
  for (const report of reports) stacks.set(report.stack, [...(stacks.get(report.stack) ?? []), report]);
  return [...stacks.values()].flatMap((ofStack) => {
    const [newest, ...older] = ofStack.sort((one, other) => other.startedAt - one.startedAt);
    return newest === undefined ? [] : [older.reduce(addCounts, newest)];
  });
}

/** What `other` counted, as far as it is about what `report` has. */
export function addCounts(report: Report, other: Report): Report {
  const others = new Map(other.roles.map((role) => [role.role, role]));
  return {
    ...report,
    roles: report.roles.map((role) => {
      const same = others.get(role.role);
      return same === undefined ? role : addRole(role, same);
    }),
  };
}

function addRole(role: RoleUse, other: RoleUse): RoleUse {
  const used = new Map(other.granted.map((grant) => [grantKey(grant), grant.used]));
  const granted = role.granted.map((grant) => ({
    ...grant,
    used: grant.used + (used.get(grantKey(grant)) ?? 0),
  }));
  if (role.fingerprint !== other.fingerprint) return { ...role, granted };
  const denied = new Map(role.denied.map((denial) => [denialKey(denial), denial]));
  for (const denial of other.denied) {
    const times = denial.times + (denied.get(denialKey(denial))?.times ?? 0);
    denied.set(denialKey(denial), { ...denial, times });
  }
  return { ...role, granted, denied: [...denied.values()] };
}
