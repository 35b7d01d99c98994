// The backend's template as the parts of the local cloud read it: every stack, every intrinsic resolved.

import type { Resource } from "../resources";
import type { Assembly } from "./assembly";
import { isRecord, type Json, recordAt } from "./json";
import { readStack } from "./stack";

export type Template = {
  readonly assembly: Assembly;
  /** In the order in which CloudFormation would make them. */
  readonly resources: readonly Resource[];
  /** The root stack's. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly metadata: Json;
  /** What `Ref` says of a resource: a table's name, a pool's id. */
  nameOf(resource: Resource): string;
};

export function readTemplate(assembly: Assembly): Template {
  const { rootTemplate, stackName } = assembly;
  const stack = readStack(rootTemplate, { assembly, stackName, path: [], parameters: {} });
  const names = new Map(stack.resources.map(({ resource, name }) => [resource.id, name]));
  return {
    assembly,
    resources: stack.resources.map(({ resource }) => resource),
    outputs: Object.fromEntries(
      Object.entries(stack.outputs).map(([name, value]) => [
        name,
        isRecord(value) || Array.isArray(value) ? JSON.stringify(value) : String(value),
      ]),
    ),
    metadata: recordAt(rootTemplate, "Metadata"),
    nameOf: (resource) => {
      const name = names.get(resource.id);
      if (name === undefined) throw new Error(`unable to name ${resource.id}; it is not of this template`);
      return name;
    },
  };
}
