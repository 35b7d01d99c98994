// The account of a deployed stage, with the credentials of the environment.

import { sign } from "aws4";
import { type Frame, frameIn } from "./line";
import type { Person, Place } from "./place";

const variable = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === "")
    throw new Error(
      `unable to ask the account; ${name} is not set: give the credentials of the stage's account`,
    );
  return value;
};

type Call = {
  readonly service: string;
  readonly region: string;
  readonly path: string;
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
};
type Answer = { readonly status: number; readonly text: string };

async function send(call: Call, body?: object): Promise<Answer> {
  const host = `${call.service}.${call.region}.amazonaws.com`;
  const text = body === undefined ? undefined : JSON.stringify(body);
  const sessionToken = process.env["AWS_SESSION_TOKEN"];
  const { headers } = sign(
    { ...call, host, headers: { ...call.headers }, ...(text !== undefined && { body: text }) },
    {
      accessKeyId: variable("AWS_ACCESS_KEY_ID"),
      secretAccessKey: variable("AWS_SECRET_ACCESS_KEY"),
      ...(sessionToken !== undefined && { sessionToken }),
    },
  );
  const sent = Object.entries(headers ?? {}).map(([name, value]): [string, string] => [name, String(value)]);
  const response = await fetch(`https://${host}${call.path}`, {
    method: call.method,
    headers: sent.filter(([name]) => !/^(host|content-length)$/i.test(name)),
    ...(text !== undefined && { body: text }),
  });
  return { status: response.status, text: await response.text() };
}

async function ask(call: Call, body?: object): Promise<Frame> {
  const { status, text } = await send(call, body);
  if (status < 200 || status > 299)
    throw new Error(`unable to ask ${call.service}; it answers ${status}: ${text}`);
  return frameIn(text);
}

/** API Gateway's settings of the whole account. */
export const accountOf = (region: string): Promise<Frame> =>
  ask({ service: "apigateway", region, path: "/account", method: "GET" });

/** Execution logs of the probe's main stage, without the bodies of frames. */
export function switchLogs({ region, mainUrl }: Place, level: "ERROR" | "OFF"): Promise<Answer> {
  // "wss://a1b2c3.execute-api.us-east-1.amazonaws.com/probe"
  const { hostname, pathname } = new URL(mainUrl);
  const path = `/v2/apis/${hostname.split(".", 1)[0]}/stages${pathname}`;
  const headers = { "Content-Type": "application/json" };
  return send(
    { service: "apigateway", region, path, method: "PATCH", headers },
    { defaultRouteSettings: { loggingLevel: level, dataTraceEnabled: false } },
  );
}

/** Somebody who can sign in at once. */
export async function makePerson(region: string, poolId: string, person: Person): Promise<void> {
  const admin = (operation: string, input: object) =>
    ask(
      {
        service: "cognito-idp",
        region,
        path: "/",
        method: "POST",
        headers: {
          "Content-Type": "application/x-amz-json-1.1",
          "X-Amz-Target": `AWSCognitoIdentityProviderService.${operation}`,
        },
      },
      { UserPoolId: poolId, Username: person.email, ...input },
    );
  await admin("AdminCreateUser", {
    MessageAction: "SUPPRESS",
    UserAttributes: [
      { Name: "email", Value: person.email },
      { Name: "email_verified", Value: "true" },
    ],
  });
  await admin("AdminSetUserPassword", { Password: person.password, Permanent: true });
}
