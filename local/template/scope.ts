// What the expressions inside one stack can refer to.

import type { Assembly } from "./assembly";
import { createConditions } from "./conditions";
import type { Scope } from "./intrinsics";
import { type Json, recordAt } from "./json";
import { parameter, pseudoParameter } from "./parameters";
import type { Place, ResourceType } from "./resource-types";

export type StackPlace = {
  readonly assembly: Assembly;
  readonly stackName: string;
  /** Logical ids from the root down. */
  readonly path: readonly string[];
  readonly parameters: Json;
};

export type Made =
  | { readonly is: "nested"; readonly stackId: string; readonly outputs: Json }
  | { readonly is: "resource"; readonly type: ResourceType; readonly place: Place; readonly ref: string };

export function createScope(template: Json, place: StackPlace, find: (logicalId: string) => Made): Scope {
  const scope: Scope = {
    ref: (name) => {
      if (name.startsWith("AWS::")) return pseudoParameter(name, place.stackName);
      if (Object.hasOwn(recordAt(template, "Parameters"), name))
        return parameter(template, name, place.parameters);
      const found = find(name);
      return found.is === "nested" ? found.stackId : found.ref;
    },
    attribute: (logicalId, attribute) => attributeOf(find(logicalId), logicalId, attribute),
    condition: (name) => conditions(name),
    mapped: (map, key, subkey) => {
      const found = recordAt(recordAt(recordAt(template, "Mappings"), map), key)[subkey];
      if (found === undefined) throw new Error(`unable to find ${map}.${key}.${subkey} in the mappings`);
      return found;
    },
  };
  const conditions = createConditions(recordAt(template, "Conditions"), scope);
  return scope;
}

function attributeOf(made: Made, logicalId: string, attribute: string): unknown {
  if (made.is === "nested") {
    const output = attribute.replace(/^Outputs\./, "");
    if (!Object.hasOwn(made.outputs, output))
      throw new Error(`unable to read ${logicalId}.${attribute}; the nested stack has no such output`);
    return made.outputs[output];
  }
  const attributes = made.type.attributes;
  const read = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
  if (read === undefined)
    throw new Error(`unable to read ${logicalId}.${attribute}; the local cloud does not know this attribute`);
  return read(made.ref, made.place);
}
