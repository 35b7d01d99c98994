// `@connections/{id}`: what functions use to reach a client.
//
//   POST    200, or 410 closed or unknown, 413 over 128 KB, 429 over the rate or the client reads too slowly
//   GET     200 with the instants, or 410
//   DELETE  204 and close code 1000, or 410
//   any     400 for an id of impossible shape, 403 without a signature or without permission

import type { IncomingMessage, ServerResponse } from "node:http";
import { ACCOUNT } from "../resources";
import type { Api } from "./api";
import type { Connection } from "./connections";
import { MOST_MESSAGE_BYTES } from "./frame-sizes";
import { gatewayId, hasIdShape } from "./ids";
import type { Surroundings } from "./surroundings";

/** What a caller of `@connections` must be permitted: held against the policy of the role that signed. */
export type CallbackRequest = {
  readonly accessKeyId: string;
  readonly action: "execute-api:ManageConnections";
  /** "arn:aws:execute-api:us-east-1:000000000000:abc123/chat/POST/@connections/L0SM9cOFvHcCIhw=" */
  readonly resource: string;
};

export type AuthorizeCallback = (
  request: CallbackRequest,
) => { readonly is: "allowed" } | { readonly is: "denied"; readonly message: string };

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

export async function handleCallback(
  surroundings: Surroundings & { readonly authorize: AuthorizeCallback },
  { api, id }: Callback,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<void> {
  const reply = (answer: Reply) => send(response, answer);
  const accessKeyId = signerOf(request);
  if (accessKeyId === undefined)
    return reply(error(403, "MissingAuthenticationTokenException", "Missing Authentication Token"));
  const connectionId = decoded(id);
  if (connectionId === undefined || !hasIdShape(connectionId))
    return reply(error(400, "BadRequestException", `Invalid connectionId: ${connectionId ?? id}`));
  const found = surroundings.connections.find(connectionId);
  const connection = found !== undefined && (api === undefined || found.api === api) ? found : undefined;
  const at = api ?? connection?.api;
  if (at !== undefined) {
    const verdict = surroundings.authorize({
      accessKeyId,
      action: "execute-api:ManageConnections",
      resource: `arn:aws:execute-api:${at.region}:${ACCOUNT}:${at.id}/${at.stage}/${request.method}/@connections/${connectionId}`,
    });
    if (verdict.is === "denied") return reply(error(403, "AccessDeniedException", verdict.message));
  }
  if (!surroundings.throttles.callback())
    return reply(error(429, "LimitExceededException", "Too Many Requests"));
  const body = request.method === "POST" ? await bodyOf(request) : undefined;
  if (body === "too-large") return reply(error(413, "PayloadTooLargeException", "Message too long"));
  if (connection === undefined) return reply(GONE);
  return reply(act(surroundings, connection, { method: request.method, body }));
}

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
