// The pool on HTTP: AWS's JSON 1.1 protocol, what browsers need to call it from another origin, and the published keys.

import type { IncomingMessage, ServerResponse } from "node:http";
import { CognitoError } from "./cognito-error";
import type { Input } from "./input";
import { isInput } from "./input";
import { issuerOf } from "./names";
import { OPERATIONS } from "./operations/operations";
import { isLocalOrigin } from "./origins";
import type { Pool } from "./pool";

/** Cognito's service name, before the operation in x-amz-target. */
const TARGET = /^AWSCognitoIdentityProviderService\.(\w{1,60})$/;
/** Far above any request of the API. */
const LONGEST_BODY = 64 * 1_024;
const PREFLIGHT_SECONDS = 600;

const pathOf = (request: IncomingMessage) => (request.url ?? "/").split("?", 1)[0] ?? "/";

const answer = (response: ServerResponse, status: number, type: string, body: string): void => {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
  response.end(body);
};

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > LONGEST_BODY)
      throw new CognitoError("RequestEntityTooLargeException", "The request is too long.");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
};

const inputOf = (body: string): Input => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body === "" ? "{}" : body);
  } catch {
    throw new CognitoError("SerializationException", "The request is not JSON.");
  }
  if (!isInput(parsed)) throw new CognitoError("SerializationException", "The request is not a JSON object.");
  return parsed;
};

/** Lets pages of this machine call; the answer is whether the request may go on. */
const admit = (request: IncomingMessage, response: ServerResponse): boolean => {
  const { origin } = request.headers;
  if (origin === undefined) return true;
  if (!isLocalOrigin(origin)) {
    answer(response, 403, "text/plain", `Refused: ${origin} is not a page of this machine.\n`);
    return false;
  }
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("vary", "origin");
  response.setHeader(
    "access-control-expose-headers",
    "x-amzn-errortype,x-amzn-errormessage,x-amzn-requestid",
  );
  return true;
};

const preflight = (request: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(204, {
    "access-control-allow-methods": "POST, OPTIONS",
    "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "*",
    "access-control-max-age": String(PREFLIGHT_SECONDS),
  });
  response.end();
};

export type Answering = {
  readonly pool: Pool;
  /** Resolves when all that the request changed is on the disk. */
  readonly saved: () => Promise<void>;
  readonly tell: (line: string) => void;
};

const operate = async ({ pool, saved, tell }: Answering, request: IncomingMessage): Promise<object> => {
  const target = String(request.headers["x-amz-target"] ?? "");
  const name = TARGET.exec(target)?.[1];
  const operation = name === undefined ? undefined : OPERATIONS.get(name);
  const input = inputOf(await readBody(request));
  if (!operation) {
    tell(`user pool: refused ${name ?? "a request without an operation"}; the local pool does not have it`);
    throw new CognitoError(
      "UnknownOperationException",
      `The local user pool has no operation ${name ?? "''"}.`,
    );
  }
  try {
    return operation(pool, input);
  } finally {
    await saved();
  }
};

const refuse = (response: ServerResponse, error: CognitoError, status: number): void => {
  response.setHeader("x-amzn-errortype", `${error.type}:`);
  const body = JSON.stringify({ __type: error.type, message: error.message });
  answer(response, status, "application/x-amz-json-1.1", body);
};

const handleOperation = async (
  answering: Answering,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  if (!admit(request, response)) return;
  if (request.method === "OPTIONS") return preflight(request, response);
  if (request.method !== "POST") return answer(response, 405, "text/plain", "Only POST.\n");
  try {
    const body = JSON.stringify(await operate(answering, request));
    answer(response, 200, "application/x-amz-json-1.1", body);
  } catch (error) {
    if (error instanceof CognitoError) return refuse(response, error, 400);
    const reason = error instanceof Error ? error.message : String(error);
    answering.tell(`user pool: ${reason}`);
    refuse(response, new CognitoError("InternalErrorException", reason), 500);
  }
};

const handlePublished = ({ pool }: Answering, path: string, response: ServerResponse): void => {
  const { poolId } = pool.settings;
  const issuer = issuerOf(poolId);
  const documents: Readonly<Record<string, object>> = {
    "jwks.json": pool.keys.jwks,
    "openid-configuration": {
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      id_token_signing_alg_values_supported: ["RS256"],
      response_types_supported: ["code", "token"],
      subject_types_supported: ["public"],
    },
  };
  const document = documents[path.slice(`/${poolId}/.well-known/`.length)];
  if (!document) return answer(response, 404, "text/plain", "There is no such document.\n");
  response.setHeader("access-control-allow-origin", "*");
  answer(response, 200, "application/json", JSON.stringify(document));
};

const isApi = (path: string) => path === "/cognito" || path === "/cognito/";

export const claimsOf = (pool: Pool, request: IncomingMessage): boolean => {
  const path = pathOf(request);
  return isApi(path) || path.startsWith(`/${pool.settings.poolId}/.well-known/`);
};

export const handle = (answering: Answering, request: IncomingMessage, response: ServerResponse): void => {
  const path = pathOf(request);
  if (!isApi(path)) return handlePublished(answering, path, response);
  // It catches everything itself but a connection that is gone.
  handleOperation(answering, request, response).catch(() => response.destroy());
};
