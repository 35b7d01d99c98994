import { isRecord, type Json, jsonIn } from "../template/json";
import { type Answer, MISSING_TOKEN, NO_JSON, UNKNOWN_OPERATION } from "./answers";
import type { HttpMessage } from "./http-reader";

/** A call as it stands on the wire: what is asked for, and whose keys signed it. */
export type SignedCall = {
  readonly is: "call";
  /** "PutItem" */
  readonly action: string;
  readonly input: Json;
  readonly accessKeyId: string;
  readonly sessionToken: string | undefined;
};

export function readCall({
  headers,
  body,
}: HttpMessage): SignedCall | { readonly is: "refused"; readonly answer: Answer } {
  const action = /^DynamoDB_20120810\.(\w+)$/.exec(headers["x-amz-target"] ?? "")?.[1];
  if (action === undefined) return { is: "refused", answer: UNKNOWN_OPERATION };
  const accessKeyId = /Credential=([^/,\s]+)\//.exec(headers["authorization"] ?? "")?.[1];
  if (accessKeyId === undefined) return { is: "refused", answer: MISSING_TOKEN };
  const input = jsonIn(body);
  if (!isRecord(input)) return { is: "refused", answer: NO_JSON };
  return { is: "call", action, input, accessKeyId, sessionToken: headers["x-amz-security-token"] };
}
