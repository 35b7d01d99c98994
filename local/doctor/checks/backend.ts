// What the stack checks have in common: they look at a synthesized backend, and say nothing where there is none.

import { recordAt, textAt } from "../../template/json";
import type { Branch, Facts, StackTemplate } from "../facts";
import { type Check, fail, ok, type Verdict } from "../finding";

export type Placed = {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly resource: unknown;
  readonly properties: ReturnType<typeof recordAt>;
};

export const resourcesOf = (stacks: readonly StackTemplate[]): readonly Placed[] =>
  stacks.flatMap(({ name, template }) =>
    Object.entries(recordAt(template, "Resources")).map(([id, resource]) => ({
      stack: name,
      id,
      type: textAt(resource, "Type") ?? "",
      resource,
      properties: recordAt(resource, "Properties"),
    })),
  );

/** The second is the CDK's TableV2, also where it has one replica only. */
export const TABLES: readonly string[] = ["AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"];

/** The name that the source gave it: logical ids end in a digest of eight characters. */
export const shortName = (id: string): string => id.replace(/[0-9A-F]{8}$/, "");

export const onBranch =
  (judge: (branch: Branch) => Verdict) =>
  ({ backend }: Facts): Verdict =>
    backend.is === "synthesized"
      ? judge(backend.branch)
      : ok("Not looked at: the backend cannot be synthesized.");

export const onSandbox =
  (judge: (stacks: readonly StackTemplate[]) => Verdict) =>
  ({ backend }: Facts): Verdict =>
    backend.is === "synthesized"
      ? judge(backend.sandbox)
      : ok("Not looked at: the backend cannot be synthesized.");

const synthesis = ({ backend }: Facts): Verdict =>
  backend.is === "broken"
    ? fail(backend.says)
    : ok("The backend can be synthesized, as a sandbox and as a branch.");

export const SYNTHESIS: Check = { name: "synthesis", see: "the-stacks", judge: synthesis };
