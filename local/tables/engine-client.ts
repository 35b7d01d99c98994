// The few calls that the local cloud itself makes to an engine. Engines look at a signature's shape and not at its
// truth, so this one is made up.

import { post } from "./post";
import { isRecord, type Json, textAt } from "../template/json";
import { REGION } from "../resources";

const CALL_TIMEOUT_MS = 20_000;

export type EngineClient = (action: string, input: Json) => Promise<Json>;

export class EngineError extends Error {
  /** "ResourceNotFoundException" */
  readonly code: string;

  constructor(action: string, code: string, message: string) {
    super(`unable to ${action}; the engine answers ${code}: ${message}`);
    this.code = code;
  }
}

/** Refusals too, as the engine words them. */
export const engineAnswers =
  (endpoint: string, api = "DynamoDB_20120810") =>
  async (action: string, input: Json): Promise<{ readonly status: number; readonly answer: unknown }> => {
    const headers = {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `${api}.${action}`,
      "x-amz-date": "20200101T000000Z",
      authorization: `AWS4-HMAC-SHA256 Credential=local/20200101/${REGION}/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0`,
    };
    const { status, body } = await post(endpoint, headers, JSON.stringify(input), CALL_TIMEOUT_MS);
    return { status, answer: JSON.parse(body) };
  };

export const engineClient =
  (endpoint: string, api?: string): EngineClient =>
  async (action, input) => {
    const { status, answer } = await engineAnswers(endpoint, api)(action, input);
    if (status === 200) return isRecord(answer) ? answer : {};
    const type = textAt(answer, "__type") ?? String(status);
    const message = textAt(answer, "message") ?? textAt(answer, "Message") ?? "";
    throw new EngineError(action, type.slice(type.lastIndexOf("#") + 1), message);
  };
