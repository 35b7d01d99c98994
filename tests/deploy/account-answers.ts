// What the stand-in account says, in the shapes of AWS's query, JSON and REST protocols.

import { isRecord } from "../../local/template/json";

export type Answer = { readonly status: number; readonly body: string };

export const ACCOUNT = "111122223333";
export const REGION = "eu-west-1";

/** Any version from 6 on will do for Amplify; the template itself asks for at least 6 too. */
const BOOTSTRAP_VERSION = "30";

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** `{ Stacks: [{ StackName: "x" }] }` as the query protocol writes it. */
const xmlOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map((item) => `<member>${xmlOf(item)}</member>`).join("");
  if (!isRecord(value)) return escaped(String(value));
  return Object.entries(value)
    .map(([name, inner]) => `<${name}>${xmlOf(inner)}</${name}>`)
    .join("");
};

export const answerTo = (action: string, result: Readonly<Record<string, unknown>>): Answer => ({
  status: 200,
  body: `<${action}Response><${action}Result>${xmlOf(result)}</${action}Result></${action}Response>`,
});

/** The words by which the CDK knows that there is no such stack yet. */
export const noSuchStack = (name: string): Answer => ({
  status: 400,
  body: `<ErrorResponse>${xmlOf({
    Error: { Type: "Sender", Code: "ValidationError", Message: `Stack with id ${name} does not exist` },
  })}</ErrorResponse>`,
});

export const callerIdentity = {
  Account: ACCOUNT,
  Arn: `arn:aws:iam::${ACCOUNT}:user/tester`,
  UserId: "AIDAEXAMPLE",
};

/** The CDK takes on one role to publish files and another to deploy. */
export const assumedRole = (roleArn: string) => ({
  Credentials: {
    AccessKeyId: "ASIAEXAMPLE",
    SecretAccessKey: "example",
    SessionToken: "example",
    Expiration: "2099-01-01T00:00:00Z",
  },
  AssumedRoleUser: { Arn: `${roleArn}/tester`, AssumedRoleId: "AROAEXAMPLE:tester" },
});

export const stackIdOf = (stackName: string): string =>
  `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stackName}/1`;

export const madeStack = (stackName: string, outputs: Readonly<Record<string, string>>) => ({
  Stacks: [
    {
      StackName: stackName,
      StackId: stackIdOf(stackName),
      CreationTime: "2026-01-01T00:00:00Z",
      StackStatus: "CREATE_COMPLETE",
      Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
    },
  ],
});

/** Systems Manager: the account is bootstrapped, and the backend has no secrets. */
export function parameterAnswer(target: string): Answer | undefined {
  switch (target) {
    case "AmazonSSM.GetParameter":
      return json({ Parameter: { Name: "version", Type: "String", Value: BOOTSTRAP_VERSION, Version: 1 } });
    case "AmazonSSM.GetParametersByPath":
      return json({ Parameters: [] });
    default:
      return undefined;
  }
}

const json = (value: object): Answer => ({ status: 200, body: JSON.stringify(value) });

/** What the CDK asks of the assets bucket before it uploads. */
export function bucketAnswer(query: URLSearchParams, objectKeys: readonly string[]): Answer | undefined {
  const root = (name: string, inner: Readonly<Record<string, unknown>> | string): Answer => ({
    status: 200,
    body: `<${name}>${xmlOf(inner)}</${name}>`,
  });
  if (query.has("location")) return root("LocationConstraint", REGION);
  if (query.has("encryption")) {
    const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } };
    return root("ServerSideEncryptionConfiguration", { Rule: rule });
  }
  if (!query.has("list-type")) return undefined;
  const found = objectKeys.filter((key) => key.startsWith(query.get("prefix") ?? ""));
  const contents = found.map((Key) => `<Contents>${xmlOf({ Key, Size: 1 })}</Contents>`).join("");
  return {
    status: 200,
    body: `<ListBucketResult><KeyCount>${found.length}</KeyCount>${contents}</ListBucketResult>`,
  };
}
