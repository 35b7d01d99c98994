// `@connections/{id}`: what functions use to reach a client.
//
//   POST    200, or 410 closed or unknown, 413 over 128 KB, 429 over the rate or the client reads too slowly
//   GET     200 with the instants, or 410
//   DELETE  204 and close code 1000, or 410
//   any     400 for an id of impossible shape, 403 without a signature or without permission

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Caller } from "../functions/callers";
import { ACCOUNT } from "../resources";
import type { Api } from "./api";
import type { Connection } from "./connections";
import { MOST_MESSAGE_BYTES } from "./frame-sizes";
import { gatewayId, hasIdShape } from "./ids";
import type { Surroundings } from "./surroundings";

/** What a caller of `@connections` must be permitted: held against the policy of the role that signed. */
export type CallbackRequest = {
  readonly accessKeyId: string;
  readonly sessionToken: string | undefined;
  readonly action: "execute-api:ManageConnections";
  /** "arn:aws:execute-api:us-east-1:000000000000:abc123/chat/POST/@connections/L0SM9cOFvHcCIhw=" */
  readonly resource: string;
};

export type AuthorizeCallback = (
  request: CallbackRequest,
) =>
  | { readonly is: "allowed"; readonly caller?: Caller | undefined }
  | { readonly is: "denied"; readonly message: string };

type Reply = {
  readonly status: number;
  readonly errorType?: string;
  readonly body?: Readonly<Record<string, unknown>>;
};

export type Callback = {
  /** Undefined behind an address without a stage, as that of a custom domain with an empty mapping. */
  readonly api: Api | undefined;
  /** As it stands in the path, still encoded. */
  readonly id: string;
};

type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };
type Around = Surroundings & { readonly authorize: AuthorizeCallback };

export async function handleCallback(
  surroundings: Around,
  callback: Callback,
  exchange: Exchange,
): Promise<void> {
  const { request, response } = exchange;
  const asked = read(surroundings, callback, request);
  if (asked.is === "refused") return send(response, asked.reply);
  const { caller } = asked;
  const { weather, clock } = surroundings;
  const outside = caller && {
    functionName: caller.functionName,
    action: `execute-api:${request.method ?? ""}`,
    call: caller.countCall(),
  };
  const crash = () => {
    caller?.crash();
    response.destroy();
  };
  if (outside && weather.crashes(outside, "before")) return crash();
  const delayMs = weather.callbackDelayMs();
  if (delayMs > 0) await new Promise<void>((resolve) => clock.after(delayMs, resolve));
  const reply = await answer(surroundings, asked, request);
  if (outside && weather.crashes(outside, "after")) return crash();
  send(response, reply);
}

type Asked = { readonly connection: Connection | undefined; readonly caller: Caller | undefined };

function read(
  surroundings: Around,
  { api, id }: Callback,
  request: IncomingMessage,
): ({ readonly is: "asked" } & Asked) | { readonly is: "refused"; readonly reply: Reply } {
  const refused = (reply: Reply) => ({ is: "refused" as const, reply });
  const accessKeyId = signerOf(request);
  if (accessKeyId === undefined)
    return refused(error(403, "MissingAuthenticationTokenException", "Missing Authentication Token"));
  const connectionId = decoded(id);
  if (connectionId === undefined || !hasIdShape(connectionId))
    return refused(error(400, "BadRequestException", `Invalid connectionId: ${connectionId ?? id}`));
  const found = surroundings.connections.find(connectionId);
  const connection = found !== undefined && (api === undefined || found.api === api) ? found : undefined;
  const at = api ?? connection?.api;
  if (at === undefined) return { is: "asked", connection, caller: undefined };
  const verdict = surroundings.authorize({
    accessKeyId,
    sessionToken: tokenOf(request),
    action: "execute-api:ManageConnections",
    resource: `arn:aws:execute-api:${at.region}:${ACCOUNT}:${at.id}/${at.stage}/${request.method}/@connections/${connectionId}`,
  });
  if (verdict.is === "denied") return refused(error(403, "AccessDeniedException", verdict.message));
  return { is: "asked", connection, caller: verdict.caller };
}

async function answer(surroundings: Around, asked: Asked, request: IncomingMessage): Promise<Reply> {
  const { connection, caller } = asked;
  if (!surroundings.throttles.callback()) return TOO_MANY;
  const body = request.method === "POST" ? await bodyOf(request) : undefined;
  if (body === "too-large") return error(413, "PayloadTooLargeException", "Message too long");
  const fate = request.method === "POST" ? surroundings.weather.callback().is : "well";
  if (fate === "too-many") return TOO_MANY;
  if (connection === undefined || fate === "gone") return GONE;
  if (body !== undefined)
    surroundings.meter.frame("down", body.length, "@connections", caller?.cause() ?? "@connections");
  // Half-open: the bytes are on their way, and nobody is there.
  if (fate === "lost") return { status: 200 };
  return act(surroundings, connection, { method: request.method, body });
}

const TOO_MANY = error(429, "LimitExceededException", "Too Many Requests");
const GONE = error(410, "GoneException", "The connection is gone");

function act(
  { connections, clock }: Surroundings,
  connection: Connection,
  { method, body }: { readonly method: string | undefined; readonly body: Buffer | undefined },
): Reply {
  switch (method) {
    case "POST": {
      const sent = connections.send(connection, body ?? Buffer.alloc(0), clock.now());
      if (sent === "sent") return { status: 200 };
      if (sent === "full") return error(429, "LimitExceededException", "The client reads too slowly");
      return sent === "gone" ? GONE : error(413, "PayloadTooLargeException", "Message too long");
    }
    case "GET":
      return {
        status: 200,
        body: {
          connectedAt: new Date(connection.connectedAt).toISOString(),
          identity: { sourceIp: connection.client.sourceIp, userAgent: connection.client.userAgent },
          lastActiveAt: new Date(connection.lastActiveAt).toISOString(),
        },
      };
    case "DELETE":
      connections.close(connection, { code: 1000, reason: "Connection Closed Normally" });
      return { status: 204 };
    default:
      return error(403, "ForbiddenException", "Forbidden");
  }
}

function send(response: ServerResponse, { status, errorType, body }: Reply): void {
  const text = body === undefined ? "" : JSON.stringify(body);
  response.writeHead(status, {
    ...(body !== undefined && { "Content-Type": "application/json" }),
    ...(errorType !== undefined && { "x-amzn-ErrorType": errorType }),
    ...(status === 413 && { Connection: "close" }),
    ...(status !== 204 && { "Content-Length": Buffer.byteLength(text) }),
    "x-amzn-RequestId": gatewayId(),
  });
  response.end(text);
}

function error(status: number, errorType: string, message: string): Reply {
  return { status, errorType, body: { message } };
}

/** Whose keys signed, in the header or in the query. The signature itself is not verified here. */
function signerOf(request: IncomingMessage): string | undefined {
  const header = /^AWS4-HMAC-SHA256 .*Credential=([^/,\s]+)\//.exec(request.headers.authorization ?? "")?.[1];
  if (header !== undefined) return header;
  const query = new URL(request.url ?? "/", "http://localhost").searchParams;
  return query.has("X-Amz-Signature") ? query.get("X-Amz-Credential")?.split("/")[0] : undefined;
}

function tokenOf(request: IncomingMessage): string | undefined {
  const header = request.headers["x-amz-security-token"];
  return typeof header === "string" ? header : undefined;
}

function decoded(id: string): string | undefined {
  try {
    return decodeURIComponent(id);
  } catch {
    return undefined;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | "too-large"> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > MOST_MESSAGE_BYTES) return "too-large";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
