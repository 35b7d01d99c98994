// The template's roles with all that is attached to them, and which function assumes which.

import { ACCOUNT, type Resource } from "../resources";
import { isRecord, type Json, listAt, recordAt, textAt } from "../template/json";
import { MANAGED_POLICIES } from "./managed-policies";
import { readStatements, type Statement } from "./statement";

export type Role = {
  /** "chat1A2B/ChatFramesRole725C335F" */
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly statements: readonly Statement[];
};

export type Roles = {
  readonly byArn: ReadonlyMap<string, Role>;
  /** The ids of those that nothing here assumes. Their policies are not read. */
  readonly notRun: readonly string[];
};

export type IamTemplate = {
  readonly resources: readonly Resource[];
  /** What `Ref` says of a resource. */
  readonly nameOf: (resource: Resource) => string;
};

export function readRoles(template: IamTemplate): Roles {
  const { resources, nameOf } = template;
  const roles = new Map(ofType(resources, "AWS::IAM::Role").map((role) => [arnOf(nameOf(role)), role]));
  const assumed = new Set<Resource>();
  for (const each of ofType(resources, "AWS::Lambda::Function")) {
    const arn = textAt(each.properties, "Role") ?? "";
    const role = roles.get(arn);
    if (role === undefined)
      throw new Error(
        `unable to tell what function ${each.id} may do; its role ${arn} is not of the template`,
      );
    if (!trusts(role.properties["AssumeRolePolicyDocument"], "lambda.amazonaws.com"))
      throw new Error(`unable to run function ${each.id}; Lambda may not assume its role ${role.id}`);
    assumed.add(role);
  }
  const read = (role: Resource): Role => ({
    id: role.id,
    name: nameOf(role),
    arn: arnOf(nameOf(role)),
    statements: statementsOf(role, template),
  });
  return {
    byArn: new Map(
      [...roles].filter(([, role]) => assumed.has(role)).map(([arn, role]) => [arn, read(role)]),
    ),
    notRun: [...roles.values()].filter((role) => !assumed.has(role)).map(({ id }) => id),
  };
}

const ofType = (resources: readonly Resource[], type: string) =>
  resources.filter((each) => each.type === type);
const arnOf = (roleName: string) => `arn:aws:iam::${ACCOUNT}:role/${roleName}`;

function statementsOf(role: Resource, { resources, nameOf }: IamTemplate): readonly Statement[] {
  if (role.properties["PermissionsBoundary"] !== undefined)
    throw new Error(`unable to read role ${role.id}; the local cloud does not know permissions boundaries`);
  const name = nameOf(role);
  const inline = listAt(role.properties, "Policies").map((policy) => ({
    document: recordAt(policy, "PolicyDocument"),
    whose: `policy ${textAt(policy, "PolicyName") ?? ""} of role ${role.id}`,
  }));
  const attached = resources
    .filter(({ type }) => type === "AWS::IAM::Policy" || type === "AWS::IAM::ManagedPolicy")
    .filter(({ properties }) => listAt(properties, "Roles").includes(name))
    .map(documentOf);
  const managed = listAt(role.properties, "ManagedPolicyArns").map((arn) => {
    const own = ofType(resources, "AWS::IAM::ManagedPolicy").find((policy) => nameOf(policy) === arn);
    return own === undefined ? managedDocument(String(arn), role.id) : documentOf(own);
  });
  return [...inline, ...attached, ...managed].flatMap(({ document, whose }) =>
    readStatements(document, whose),
  );
}

type Document = { readonly document: Json; readonly whose: string };

const documentOf = ({ id, properties }: Resource): Document => ({
  document: recordAt(properties, "PolicyDocument"),
  whose: `policy ${id}`,
});

function managedDocument(arn: string, roleId: string): Document {
  const document = Object.hasOwn(MANAGED_POLICIES, arn) ? MANAGED_POLICIES[arn] : undefined;
  if (document === undefined)
    throw new Error(
      `unable to read role ${roleId}; the local cloud does not know what ${arn} allows: add it to local/iam/managed-policies.ts, or grant the role just what it needs`,
    );
  return { document, whose: arn };
}

function trusts(policyDocument: unknown, service: string): boolean {
  const statements = isRecord(policyDocument) ? policyDocument["Statement"] : undefined;
  return listOf(statements).some(
    (statement) =>
      isRecord(statement) &&
      statement["Effect"] === "Allow" &&
      listOf(statement["Action"]).includes("sts:AssumeRole") &&
      listOf(recordAt(statement, "Principal")["Service"]).includes(service),
  );
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
