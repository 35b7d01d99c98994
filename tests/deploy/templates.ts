// What a deployment hands over, in a form that can be compared: templates by the name of their stack, and the names
// of the bundles, which are digests of what is in them.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type Assembly, openAssembly } from "../../local/template/assembly";
import { isRecord, recordAt, textAt } from "../../local/template/json";
import { readTemplate } from "../../local/template/template";

export type Delivery = {
  readonly templates: Readonly<Record<string, unknown>>;
  readonly bundles: readonly string[];
};

export function deliveryOf(assembly: Assembly): Delivery {
  const nested = [...assembly.assets.values()].filter((path) => path.endsWith(".template.json"));
  return {
    templates: {
      root: assembly.rootTemplate,
      ...Object.fromEntries(nested.map((path) => [basename(path), JSON.parse(readFileSync(path, "utf8"))])),
    },
    bundles: [...assembly.assets.keys()].filter((key) => key.endsWith(".zip")).sort(),
  };
}

/**
 * The outputs as CloudFormation would fill them in, with the ids of the local cloud. What the root stack holds
 * beside its nested stacks is Amplify's own, and no output tells of it.
 */
export function outputsOf(directory: string): Record<string, string> {
  const assembly = openAssembly(directory);
  const stacks = Object.entries(recordAt(assembly.rootTemplate, "Resources")).filter(
    ([, resource]) => textAt(resource, "Type") === "AWS::CloudFormation::Stack",
  );
  const rootTemplate = { ...assembly.rootTemplate, Resources: Object.fromEntries(stacks) };
  return { ...readTemplate({ ...assembly, rootTemplate }).outputs };
}

/** How many resources of each type: what two templates that differ differ in first. */
export function resourcesIn(template: unknown): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const resource of Object.values(recordAt(template, "Resources"))) {
    const type = (isRecord(resource) && textAt(resource, "Type")) || "?";
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
}
