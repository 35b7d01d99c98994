// `$connect`'s authorizer: asked once a handshake, never cached, its answer kept for the life of the connection.

import { isRecord } from "../template/json";
import type { Api, Authorizer } from "./api";
import type { AuthorizerContext, EventSource } from "./event-source";
import { authorizerArn, authorizerEvent, connectArn, type Moment } from "./events";
import { type Handshake, hasIdentity } from "./handshake-request";
import { type Caller, notPermitted, withinTime } from "./integration";
import { judge } from "./policy";
import type { Refusal } from "./refuse";

/** The limit of what an authorizer may answer. */
const MOST_RESULT_BYTES = 8 * 1024;
const TIMEOUT_MS = 29_000;

export type Authorization =
  | { readonly is: "allowed"; readonly context: AuthorizerContext | undefined }
  | { readonly is: "refused"; readonly refusal: Refusal };

export async function authorize(
  caller: Caller,
  authorizer: Authorizer | undefined,
  { source, handshake, moment }: { source: EventSource; handshake: Handshake; moment: Moment },
): Promise<Authorization> {
  if (authorizer === undefined) return { is: "allowed", context: undefined };
  if (!authorizer.identitySources.every((each) => hasIdentity(handshake, each)))
    return unauthorized("an identity source is missing");
  const startedAt = caller.clock.now();
  const sourceArn = authorizerArn(source.api, authorizer);
  if (!caller.mayInvoke(authorizer.arn, sourceArn)) return broken(notPermitted(authorizer.arn, sourceArn));
  const event = authorizerEvent(source, handshake, moment);
  const invoked = caller.functions.invoke(authorizer.arn, event, "$authorize");
  const invocation = await withinTime(caller.clock, TIMEOUT_MS, invoked).catch((error: unknown) => ({
    is: "failed" as const,
    errorType: "Runtime.StartError",
    errorMessage: String(error),
  }));
  switch (invocation.is) {
    case "timed-out":
      return broken("the authorizer timed out");
    case "failed":
      // The one message that has a meaning: API Gateway looks for this word.
      return invocation.errorMessage === "Unauthorized"
        ? unauthorized("the authorizer said so")
        : broken(`the authorizer failed; ${invocation.errorType}: ${invocation.errorMessage}`);
    case "returned":
      return readResult(source.api, invocation.payload, caller.clock.now() - startedAt);
    default:
      return invocation satisfies never;
  }
}

function readResult(api: Api, payload: unknown, integrationLatency: number): Authorization {
  if (!isRecord(payload) || typeof payload["principalId"] !== "string")
    return broken("the authorizer's answer has no principalId");
  if (Buffer.byteLength(JSON.stringify(payload)) > MOST_RESULT_BYTES)
    return broken(`the authorizer's answer is over ${MOST_RESULT_BYTES} bytes`);
  const verdict = judge(payload["policyDocument"], connectArn(api));
  switch (verdict.is) {
    case "malformed":
      return broken(`the authorizer's answer is malformed; ${verdict.reason}`);
    case "denied":
      return refused(
        403,
        `User is not authorized to access this resource${verdict.explicit ? " with an explicit deny" : ""}`,
        "the authorizer's policy denies it",
      );
    case "allowed": {
      const context = contextOf(payload["context"]);
      if (context === undefined)
        return broken("a value of the authorizer's context is neither text, number nor boolean");
      return {
        is: "allowed",
        context: { principalId: payload["principalId"], ...context, integrationLatency },
      };
    }
    default:
      return verdict satisfies never;
  }
}

/** Functions see every value of the context as text. */
function contextOf(context: unknown): Record<string, string> | undefined {
  const entries = Object.entries(isRecord(context) ? context : {}).filter(([, value]) => value !== null);
  return entries.some(([, value]) => typeof value === "object")
    ? undefined
    : Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

const refused = (status: number, message: string, reason: string): Authorization => ({
  is: "refused",
  refusal: { status, message, reason },
});
const unauthorized = (reason: string) => refused(401, "Unauthorized", reason);
const broken = (reason: string) => refused(500, "Internal server error", reason);
