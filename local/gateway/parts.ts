import type { Resource } from "../resources";

/** The resources, found by what refers to them. */
export type Parts = {
  readonly resources: readonly Resource[];
  /** What `Ref` says of a resource: its physical id. */
  readonly nameOf: (resource: Resource) => string;
  /** Of AWS::ApiGatewayV2. */
  readonly ofType: (name: string) => readonly Resource[];
  readonly named: (name: string, ref: string) => Resource;
};

export function partsOf(resources: readonly Resource[], nameOf: (resource: Resource) => string): Parts {
  const ofType = (name: string) => resources.filter((each) => each.type === `AWS::ApiGatewayV2::${name}`);
  return {
    resources,
    nameOf,
    ofType,
    named: (name, ref) => {
      const found = ofType(name).find((each) => nameOf(each) === ref);
      if (found === undefined) throw new Error(`unable to find the ${name} "${ref}"; something refers to it`);
      return found;
    },
  };
}

export const text = (value: unknown): string => (typeof value === "string" ? value : "");
