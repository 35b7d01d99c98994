// The order in which CloudFormation would make a stack's resources, and its refusal where there is none.

import { isRecord, type Json, recordAt, textAt } from "./json";
import { attributePath } from "./intrinsics";

/** Logical ids, each after all that it refers to or `DependsOn`. */
export function inOrder(resources: Json): readonly string[] {
  const order: string[] = [];
  const done = new Set<string>();
  const path: string[] = [];

  const visit = (logicalId: string): void => {
    if (done.has(logicalId)) return;
    if (path.includes(logicalId)) {
      const circle = [...path.slice(path.indexOf(logicalId)), logicalId].join(" -> ");
      throw new Error(`unable to order the resources; they refer to each other in a circle: ${circle}`);
    }
    path.push(logicalId);
    for (const other of referredTo(resources[logicalId])) if (Object.hasOwn(resources, other)) visit(other);
    path.pop();
    done.add(logicalId);
    order.push(logicalId);
  };
  for (const logicalId of Object.keys(resources)) visit(logicalId);
  return order;
}

function referredTo(resource: unknown): Set<string> {
  const found = new Set<string>();
  const dependsOn = isRecord(resource) ? resource["DependsOn"] : undefined;
  for (const name of Array.isArray(dependsOn) ? dependsOn : [dependsOn])
    if (typeof name === "string") found.add(name);
  collect(recordAt(resource, "Properties"), found);
  return found;
}

function collect(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, found);
  if (!isRecord(value)) return;
  const ref = textAt(value, "Ref");
  if (ref !== undefined) found.add(ref);
  if ("Fn::GetAtt" in value) found.add(attributePath(value["Fn::GetAtt"])[0]);
  if ("Fn::Sub" in value) for (const name of substituted(value["Fn::Sub"])) found.add(name);
  for (const inner of Object.values(value)) collect(inner, found);
}

function substituted(argument: unknown): string[] {
  const template: unknown = Array.isArray(argument) ? argument[0] : argument;
  if (typeof template !== "string") return [];
  return [...template.matchAll(/\$\{([^!}.]+)[^}]*\}/g)].flatMap(([, name]) =>
    name === undefined ? [] : [name],
  );
}
