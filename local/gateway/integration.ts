import type { Clock } from "../clock";
import type { Functions } from "../resources";
import { isRecord } from "../template/json";
import type { Integration } from "./api";

/** What a proxy integration must return; anything else is malformed. */
export type ProxyResponse = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
};

export type Answer =
  | { readonly is: "answered"; readonly response: ProxyResponse }
  | { readonly is: "failed"; readonly reason: string }
  /** The gateway waits no longer. The function may go on, and commit, after this. */
  | { readonly is: "timed-out" };

export type Caller = {
  readonly functions: Functions;
  readonly clock: Clock;
  readonly mayInvoke: MayInvoke;
};

/** Whether the function lets API Gateway call it, from this route or authorizer. */
export type MayInvoke = (functionArn: string, sourceArn: string) => boolean;

/** Why something is called: by which part of the API, and what set that off. */
export type Occasion = { readonly sourceArn: string; readonly cause: string };

export async function callIntegration(
  caller: Caller,
  integration: Integration,
  event: unknown,
  occasion: Occasion,
): Promise<Answer> {
  switch (integration.is) {
    case "mock":
      return { is: "answered", response: { statusCode: 200, headers: {}, body: integration.answer } };
    case "function":
      return withinTime(
        caller.clock,
        integration.timeoutMs,
        callFunction(caller, integration.arn, event, occasion),
      );
    default:
      return integration satisfies never;
  }
}

export async function withinTime<Value>(
  clock: Clock,
  timeoutMs: number,
  value: Promise<Value>,
): Promise<Value | { readonly is: "timed-out" }> {
  let cancel: () => void = () => {};
  const late = new Promise<{ is: "timed-out" }>((resolve) => {
    cancel = clock.after(timeoutMs, () => resolve({ is: "timed-out" }));
  });
  try {
    return await Promise.race([value, late]);
  } finally {
    cancel();
  }
}

async function callFunction(
  { functions, mayInvoke }: Caller,
  arn: string,
  event: unknown,
  { sourceArn, cause }: Occasion,
): Promise<Answer> {
  if (!mayInvoke(arn, sourceArn)) return { is: "failed", reason: notPermitted(arn, sourceArn) };
  try {
    const invocation = await functions.invoke(arn, event, cause);
    switch (invocation.is) {
      case "returned":
        return readResponse(invocation.payload);
      case "failed":
        return { is: "failed", reason: `${invocation.errorType}: ${invocation.errorMessage}` };
      case "timed-out":
        return { is: "failed", reason: "the function timed out" };
      default:
        return invocation satisfies never;
    }
  } catch (error) {
    return { is: "failed", reason: String(error) };
  }
}

/** AWS says nothing of it to anyone but the execution log. */
export const notPermitted = (arn: string, sourceArn: string): string =>
  `API Gateway may not call ${arn}; no AWS::Lambda::Permission of the template covers ${sourceArn}`;

function readResponse(payload: unknown): Answer {
  const malformed = (reason: string): Answer => ({
    is: "failed",
    reason: `malformed proxy response; ${reason}`,
  });
  if (!isRecord(payload)) return malformed("it is not an object");
  const { statusCode, headers, body, isBase64Encoded } = payload;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return malformed("it has no statusCode");
  if (body !== undefined && body !== null && typeof body !== "string")
    return malformed("its body is not a string");
  const decoded = isBase64Encoded === true && body ? Buffer.from(body, "base64").toString() : body;
  return {
    is: "answered",
    response: { statusCode: status, headers: stringsIn(headers), body: decoded ?? undefined },
  };
}

const stringsIn = (headers: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(isRecord(headers) ? headers : {}).map(([name, value]) => [name, String(value)]),
  );
