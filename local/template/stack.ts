// One stack of the template, and the stacks inside it.

import type { Resource } from "../resources";
import { templateAt } from "./assembly";
import { resolve, text } from "./intrinsics";
import { isRecord, type Json, recordAt, textAt } from "./json";
import { lettersFrom } from "./names";
import { inOrder } from "./order";
import { stackIdOf } from "./parameters";
import { type Place, resourceType } from "./resource-types";
import { createScope, type Made, type StackPlace } from "./scope";
import { within } from "./template-error";

const NESTED = "AWS::CloudFormation::Stack";

export type Stack = {
  readonly resources: readonly NamedResource[];
  readonly outputs: Json;
};
export type NamedResource = { readonly resource: Resource; readonly name: string };

export function readStack(template: Json, place: StackPlace): Stack {
  const definitions = recordAt(template, "Resources");
  const made = new Map<string, Made>();
  const resources: NamedResource[] = [];

  const find = (logicalId: string): Made => {
    const found = made.get(logicalId);
    if (found !== undefined) return found;
    const reason = Object.hasOwn(definitions, logicalId)
      ? "its condition leaves it out"
      : "there is no such resource";
    throw new Error(`unable to refer to ${logicalId}; ${reason}`);
  };
  const scope = createScope(template, place, find);
  const wanted = (definition: unknown): boolean => {
    const condition = textAt(definition, "Condition");
    return condition === undefined || scope.condition(condition);
  };

  const order = within(place.path.join("/") || "the root stack", () => inOrder(definitions));
  for (const logicalId of order) {
    const definition = definitions[logicalId];
    if (!wanted(definition)) continue;
    const id = [...place.path, logicalId].join("/");
    within(id, () => {
      const type = textAt(definition, "Type") ?? "";
      const properties = asRecord(resolve(recordAt(definition, "Properties"), scope));
      if (type === NESTED) {
        const nested = readNested(properties, logicalId, place);
        resources.push(...nested.stack.resources);
        made.set(logicalId, { is: "nested", stackId: nested.stackId, outputs: nested.stack.outputs });
        return;
      }
      const known = resourceType(type, id);
      const here: Place = { stackName: place.stackName, logicalId, properties };
      const ref = known.ref(here);
      made.set(logicalId, { is: "resource", type: known, place: here, ref });
      resources.push({ resource: { id, type, properties }, name: ref });
    });
  }
  const outputs = Object.entries(recordAt(template, "Outputs"))
    .filter(([, output]) => wanted(output))
    .map(([name, output]): [string, unknown] => [
      name,
      within([...place.path, "Outputs", name].join("/"), () =>
        resolve(isRecord(output) ? output["Value"] : undefined, scope),
      ),
    ]);
  return { resources, outputs: Object.fromEntries(outputs) };
}

function readNested(
  properties: Json,
  logicalId: string,
  place: StackPlace,
): { stack: Stack; stackId: string } {
  const url = text(properties["TemplateURL"], "TemplateURL");
  const stackName = `${place.stackName}-${logicalId}-${lettersFrom(`${place.stackName}/${logicalId}`, 12, "upper")}`;
  const stack = readStack(templateAt(place.assembly, url), {
    assembly: place.assembly,
    stackName,
    path: [...place.path, logicalId],
    parameters: recordAt(properties, "Parameters"),
  });
  return { stack, stackId: stackIdOf(stackName) };
}

const asRecord = (value: unknown): Json => (isRecord(value) ? value : {});
