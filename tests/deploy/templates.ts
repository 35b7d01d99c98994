// What a deployment hands over, in a form that can be compared: templates by the name of their stack, and the names
// of the bundles, which are digests of what is in them; and what it asks of the account.

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

const NAMED_BY: Readonly<Record<string, string>> = {
  "AWS::IAM::Group": "GroupName",
  "AWS::IAM::InstanceProfile": "InstanceProfileName",
  "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
  "AWS::IAM::Role": "RoleName",
  "AWS::IAM::User": "UserName",
};

/** The capabilities without which CloudFormation would refuse these templates. */
export function capabilitiesFor({ templates }: Pick<Delivery, "templates">): readonly string[] {
  const resources = Object.values(templates).flatMap((template) =>
    Object.values(recordAt(template, "Resources")),
  );
  const ours = resources.filter((resource) => textAt(resource, "Type")?.startsWith("AWS::IAM::"));
  const isNamed = (resource: unknown) =>
    recordAt(resource, "Properties")[NAMED_BY[textAt(resource, "Type") ?? ""] ?? ""] !== undefined;
  const isTransformed = Object.values(templates).some(
    (template) =>
      (isRecord(template) && "Transform" in template) || JSON.stringify(template).includes('"Fn::Transform"'),
  );
  return [
    ...(ours.length > 0 ? ["CAPABILITY_IAM"] : []),
    ...(ours.some(isNamed) ? ["CAPABILITY_NAMED_IAM"] : []),
    ...(isTransformed ? ["CAPABILITY_AUTO_EXPAND"] : []),
  ];
}
