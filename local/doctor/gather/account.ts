// Asks AWS three questions, each signed, each for three seconds at most: whose keys these are, whether the CDK was
// bootstrapped, and whether API Gateway may write logs. Nothing is changed there.

import aws4 from "aws4";
import { isRecord, type Json, recordAt, textAt } from "../../template/json";
import type { Account, AccountAnswer } from "../facts";
import { findCredentials, type Keys } from "./credentials";
import { type Resolution, resolveKeys } from "./resolve-keys";

/** The CDK's own, which Amplify does not let anybody change (@aws-amplify/sandbox). */
const BOOTSTRAP_PARAMETER = "/cdk-bootstrap/hnb659fds/version";
const PATIENCE_MS = 3_000;

type Question = {
  readonly service: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};
type Reply = { readonly status: number; readonly json: Json };

export async function readAccount(env: NodeJS.ProcessEnv): Promise<Account> {
  const found = findCredentials(env);
  if (found.are === "none") return { is: "none" };
  const { from, region } = found;
  if (region === undefined) return { is: "found", from, region, answer: { is: "unasked" } };
  const resolution: Resolution =
    found.are === "keys" ? { is: "keys", keys: found.keys } : await resolveKeys(found);
  const answer: AccountAnswer =
    resolution.is === "keys" ? await ask(resolution.keys, region, env["AWS_ENDPOINT_URL"]) : resolution;
  return { is: "found", from, region, answer };
}

async function ask(keys: Keys, region: string, endpoint: string | undefined): Promise<AccountAnswer> {
  const put = (question: Question) => send(question, keys, region, endpoint);
  try {
    const identity = await put({
      service: "sts",
      headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
      body: "Action=GetCallerIdentity&Version=2011-06-15",
    });
    if (identity.status !== 200)
      return {
        is: "refused",
        says: textAt(recordAt(identity.json, "Error"), "Message") ?? `status ${identity.status}`,
      };
    const [parameter, gateway] = await Promise.all([
      put({
        service: "ssm",
        headers: { "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "AmazonSSM.GetParameter" },
        body: JSON.stringify({ Name: BOOTSTRAP_PARAMETER }),
      }),
      put({ service: "apigateway", path: "/account", headers: { Accept: "application/json" } }),
    ]);
    const result = recordAt(recordAt(identity.json, "GetCallerIdentityResponse"), "GetCallerIdentityResult");
    const version = textAt(recordAt(parameter.json, "Parameter"), "Value");
    return {
      is: "known",
      id: textAt(result, "Account") ?? "?",
      bootstrapVersion: version === undefined ? undefined : Number(version),
      hasCloudWatchRole: gateway.status === 200 ? Boolean(gateway.json["cloudwatchRoleArn"]) : undefined,
    };
  } catch (error) {
    return { is: "unreachable", says: error instanceof Error ? error.message : String(error) };
  }
}

async function send(
  question: Question,
  keys: Keys,
  region: string,
  endpoint: string | undefined,
): Promise<Reply> {
  const { service, path = "/", headers = {}, body } = question;
  const host = `${service}.${region}.amazonaws.com`;
  const signed = aws4.sign(
    { service, region, host, path, headers: { ...headers }, ...(body ? { body } : {}) },
    keys,
  );
  const { Host: _host, "Content-Length": _length, ...rest } = recordAt(signed, "headers");
  const response = await fetch(new URL(path, endpoint ?? `https://${host}`), {
    method: body === undefined ? "GET" : "POST",
    headers: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])),
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const json: unknown = await response.json().catch(() => ({}));
  return { status: response.status, json: isRecord(json) ? json : {} };
}
