// Signed requests to AWS's own addresses, with what a function finds in its environment.

import { sign } from "aws4";

export type AwsCall = {
  readonly service: string;
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type AwsAnswer = {
  readonly status: number;
  readonly errorType: string | undefined;
  readonly text: string;
};

export const variable = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`unable to run; ${name} is not set`);
  return value;
};

/**
 * A line for each call. A line that is kept meanwhile may end in every way while the function is frozen: the other end
 * closes it, or the timer that should have closed it here is late. The next call on that line fails, or is never
 * answered and the function runs into its own time limit.
 */
const ONE_CALL: [string, string] = ["connection", "close"];

export async function callAws(call: AwsCall, signed = true): Promise<AwsAnswer> {
  const { service, host, path, method, body } = call;
  const request = {
    service,
    region: variable("AWS_REGION"),
    host,
    path,
    method,
    headers: { ...call.headers },
    ...(body !== undefined && { body }),
  };
  const { headers } = signed
    ? sign(request, {
        accessKeyId: variable("AWS_ACCESS_KEY_ID"),
        secretAccessKey: variable("AWS_SECRET_ACCESS_KEY"),
        sessionToken: variable("AWS_SESSION_TOKEN"),
      })
    : request;
  const signedHeaders = Object.entries(headers ?? {}).flatMap(([name, value]): [string, string][] =>
    value === undefined || /^(host|content-length)$/i.test(name) ? [] : [[name, String(value)]],
  );
  const response = await fetch(`https://${host}${path}`, {
    method,
    headers: [...signedHeaders, ONE_CALL],
    ...(body !== undefined && { body }),
  });
  return {
    status: response.status,
    errorType: response.headers.get("x-amzn-errortype")?.replace(/:.*$/, ""),
    text: await response.text(),
  };
}

export const callDynamo = (action: string, input: object): Promise<AwsAnswer> =>
  callAws({
    service: "dynamodb",
    host: `dynamodb.${variable("AWS_REGION")}.amazonaws.com`,
    path: "/",
    method: "POST",
    headers: { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": `DynamoDB_20120810.${action}` },
    body: JSON.stringify(input),
  });
