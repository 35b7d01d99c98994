// A template of one function, for tests: its role, what the role may do, a table with two indexes.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { roleKeys } from "../functions/role-keys";
import type { Resource } from "../resources";
import { createIam, type Iam } from "./create-iam";

export const ROLE_ARN = "arn:aws:iam::000000000000:role/frames-role";
export const TABLE_ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/log";
export const KEYS = roleKeys("frames", ROLE_ARN);

export const resource = (
  type: string,
  name: string,
  properties: Readonly<Record<string, unknown>> = {},
): Resource => ({ id: `stack/${name}`, type, properties });

/** The physical name is the last part of the id. */
export const nameOf = ({ id, type }: Resource): string => {
  const name = id.slice(id.lastIndexOf("/") + 1);
  return type === "AWS::IAM::ManagedPolicy" ? `arn:aws:iam::000000000000:policy/${name}` : name;
};

export const role = (name = "frames-role", properties: Readonly<Record<string, unknown>> = {}): Resource =>
  resource("AWS::IAM::Role", name, {
    AssumeRolePolicyDocument: {
      Statement: [
        { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
      ],
    },
    ...properties,
  });

export const policy = (
  statements: readonly object[],
  roles: readonly string[] = ["frames-role"],
  name = "frames-policy",
) =>
  resource("AWS::IAM::Policy", name, {
    PolicyDocument: { Version: "2012-10-17", Statement: statements },
    Roles: roles,
  });

export const lambda = (properties: Readonly<Record<string, unknown>> = {}): Resource =>
  resource("AWS::Lambda::Function", "frames", { Role: ROLE_ARN, ...properties });

const key = (AttributeName: string, KeyType: "HASH" | "RANGE") => ({ AttributeName, KeyType });

export const table = resource("AWS::DynamoDB::Table", "log", {
  KeySchema: [key("conversation", "HASH"), key("seq", "RANGE")],
  GlobalSecondaryIndexes: [{ IndexName: "bySender", KeySchema: [key("from", "HASH"), key("at", "RANGE")] }],
  LocalSecondaryIndexes: [
    { IndexName: "byTime", KeySchema: [key("conversation", "HASH"), key("at", "RANGE")] },
  ],
});

const directory = mkdtempSync(join(tmpdir(), "parley-iam-"));
process.once("exit", () => rmSync(directory, { recursive: true, force: true }));

export const temporaryDirectory = () => mkdtempSync(join(directory, "of-"));
export const temporaryReport = () => join(temporaryDirectory(), "iam.json");

export function iamOf(
  resources: readonly Resource[],
  options: {
    readonly reportFile?: string;
    readonly tell?: (line: string) => void;
    readonly stackName?: string;
  } = {},
): Iam {
  return createIam({
    resources,
    nameOf,
    keys: () => [KEYS],
    stackName: options.stackName ?? "stack",
    reportFile: options.reportFile ?? temporaryReport(),
    tell: options.tell ?? (() => {}),
  });
}

/** The function may do what these statements say. */
export const iamWith = (statements: readonly object[], options: Parameters<typeof iamOf>[1] = {}): Iam =>
  iamOf([role(), policy(statements), lambda(), table], options);
