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

export const engineClient =
  (endpoint: string, api = "DynamoDB_20120810"): EngineClient =>
  async (action, input) => {
    const headers = {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `${api}.${action}`,
      "x-amz-date": "20200101T000000Z",
      authorization: `AWS4-HMAC-SHA256 Credential=local/20200101/${REGION}/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0`,
    };
    const { status, body } = await post(endpoint, headers, JSON.stringify(input), CALL_TIMEOUT_MS);
    const answer: unknown = JSON.parse(body);
    if (status === 200) return isRecord(answer) ? answer : {};
    const type = textAt(answer, "__type") ?? String(status);
    const message = textAt(answer, "message") ?? textAt(answer, "Message") ?? "";
    throw new EngineError(action, type.slice(type.lastIndexOf("#") + 1), message);
  };
