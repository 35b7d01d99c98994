// Counts what roles use and what they are denied, and adds what earlier runs counted.

import { createHash } from "node:crypto";
import { textAt } from "../template/json";
import { numbered } from "./numbered-resources";
import {
  addCounts,
  type DeniedUse,
  denialKey,
  grantKey,
  type GrantUse,
  type Report,
  type RoleUse,
} from "./report";
import type { CountedStatement, Denial } from "./ruling";
import type { IamTemplate, Role, Roles } from "./roles";
import type { Grant } from "./statement";

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type RoleTally = {
  readonly use: Omit<RoleUse, "granted" | "denied">;
  readonly grants: ReadonlyMap<string, Writable<GrantUse>>;
  readonly denials: Map<string, Writable<DeniedUse>>;
};

export type Tally = {
  counted(role: Role): readonly CountedStatement[];
  /** True the first time of its kind in this run. */
  denied(
    roleId: string,
    call: Pick<DeniedUse, "functionName" | "action" | "resource">,
    because: Denial["because"],
  ): boolean;
  /** With what earlier runs counted, where there is such. */
  report(earlier?: Report): Report;
};

/** Of one role. A function that tries everything must not fill the memory; it is denied all the same. */
const MOST_DENIALS = 500;

export function createTally(stack: string, { byArn, notRun }: Roles, template: IamTemplate): Tally {
  const startedAt = Date.now();
  const roles = new Map([...byArn.values()].map((role) => [role.id, startRole(role, template)]));
  return {
    counted: (role) => {
      const counterOf = (grant: Grant) => roles.get(role.id)?.grants.get(grantKey(grant)) ?? { used: 0 };
      return role.statements.map((statement) => ({
        statement,
        counters: statement.grants.map(counterOf),
      }));
    },
    denied: (roleId, { functionName, action, resource }, because) => {
      const denials = roles.get(roleId)?.denials ?? new Map<string, Writable<DeniedUse>>();
      const denial = { functionName, action, resource: numbered(resource)?.front ?? resource, because };
      const key = denialKey(denial);
      const known = denials.get(key);
      if (known !== undefined) known.times++;
      if (known !== undefined || denials.size >= MOST_DENIALS) return false;
      denials.set(key, { ...denial, times: 1 });
      return true;
    },
    report: (earlier) => {
      const own: Report = {
        stack,
        startedAt,
        roles: [...roles.values()].map(({ use, grants, denials }) => ({
          ...use,
          granted: [...grants.values()].map((grant) => ({ ...grant })),
          denied: [...denials.values()].map((denial) => ({ ...denial })),
        })),
        names: namesOf(template),
        notRun,
      };
      return earlier?.stack === stack ? addCounts(own, earlier) : own;
    },
  };
}

const NAMED = [
  "AWS::ApiGatewayV2::Api",
  "AWS::DynamoDB::Table",
  "AWS::Lambda::Function",
  "AWS::Logs::LogGroup",
  "AWS::SQS::Queue",
];

/** "chat1A2B/ChatTablesLogC4C00240" is "ChatTablesLog". */
const shortName = (id: string) => id.replace(/^.*\//, "").replace(/[0-9A-F]{8}$/, "");

const namesOf = ({ resources, nameOf }: IamTemplate) =>
  Object.fromEntries(
    resources
      .filter(({ type }) => NAMED.includes(type))
      // A queue's `Ref` is its address; ARNs hold the end of it.
      .map((each) => [nameOf(each).replace(/^.*\/(?=.)/, ""), shortName(each.id)]),
  );

function startRole(role: Role, { resources, nameOf }: IamTemplate): RoleTally {
  const sources = JSON.stringify(role.statements.map(({ source }) => source));
  // What a Deny names is no grant.
  const allows = role.statements.filter(({ effect }) => effect === "Allow").flatMap(({ grants }) => grants);
  return {
    use: {
      role: role.id,
      functions: resources
        .filter(
          ({ type, properties }) =>
            type === "AWS::Lambda::Function" && textAt(properties, "Role") === role.arn,
        )
        .map(nameOf),
      fingerprint: createHash("sha256").update(sources).digest("hex").slice(0, 16),
    },
    grants: new Map(
      allows.map((grant) => {
        const { action, resource, condition } = grant;
        return [grantKey(grant), { action, resource, ...(condition && { condition }), used: 0 }];
      }),
    ),
    denials: new Map(),
  };
}
