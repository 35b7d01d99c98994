// From an upgrade request to an open connection.
//
//   1  path and WebSocket headers              else 403, 400
//   2  the buckets of connections and requests  else 429
//   3  identity sources                         else 401, and nothing is called
//   4  authorizer                               else 401, 403, 500
//   5  $connect                                 else its own status, 502, 504
//   6  the upgrade: from here on @connections knows the id; before, it answers 410
//
// A client that hangs up on the way is told to `$disconnect` once `$connect` has taken it.

import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Api } from "./api";
import { authorize } from "./authorizer";
import type { EventSource } from "./event-source";
import { connectArn, connectEvent, type Moment } from "./events";
import { MOST_MESSAGE_BYTES } from "./frame-sizes";
import { type Handshake, readHandshake } from "./handshake-request";
import { gatewayId } from "./ids";
import { callIntegration } from "./integration";
import { type Refusal, refuseHandshake } from "./refuse";
import { disconnected, serveSocket } from "./socket";
import type { Surroundings } from "./surroundings";

type Upgrade = { readonly request: IncomingMessage; readonly socket: Duplex; readonly head: Buffer };

export type Handshakes = {
  /** `api` is undefined where no stage has the path. */
  handle(api: Api | undefined, upgrade: Upgrade): Promise<void>;
};

export function createHandshakes(surroundings: Surroundings): Handshakes {
  // What `$connect` answered, exactly: `ws` would choose among the offered ones, or the first.
  const protocolOf = new WeakMap<IncomingMessage, string>();
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MOST_MESSAGE_BYTES,
    handleProtocols: () => false,
  });
  server.on("headers", (headers, request) => {
    const protocol = protocolOf.get(request);
    if (protocol !== undefined) headers.push(`Sec-WebSocket-Protocol: ${protocol}`);
  });

  const open = (source: EventSource, { request, socket, head }: Upgrade): void => {
    let isOpen = false;
    server.handleUpgrade(request, socket, head, (webSocket: WebSocket) => {
      isOpen = true;
      serveSocket(
        surroundings,
        { ...source, socket: webSocket, lastActiveAt: source.connectedAt, closing: undefined },
        socket,
      );
    });
    // `ws` calls back at once, or never: a client that has hung up is not upgraded any more.
    if (!isOpen) void disconnected(surroundings, source, { code: 1006, reason: "" });
  };

  return {
    handle: async (api, upgrade) => {
      const { request, socket } = upgrade;
      const ids = { connectionId: gatewayId(), requestId: gatewayId() };
      // Until `ws` listens, nobody else does: a reset in mid-handshake must not be an uncaught error.
      const ignoreReset = () => socket.destroy();
      socket.on("error", ignoreReset);
      const refuse = (refusal: Refusal) => {
        surroundings.print(`handshake refused with ${refusal.status}; ${refusal.reason}`);
        refuseHandshake(socket, refusal, ids);
      };

      if (api === undefined)
        return refuse({ status: 403, message: "Forbidden", reason: `no stage at ${request.url}` });
      if (!isWebSocketRequest(request))
        return refuse({ status: 400, message: "Bad Request", reason: "its WebSocket headers are wrong" });
      if (!surroundings.throttles.connection() || !surroundings.throttles.request(api, "$connect"))
        return refuse({ status: 429, message: "Too Many Requests", reason: "over the rate" });

      const now = surroundings.clock.now();
      const handshake = readHandshake(request);
      const stranger: EventSource = {
        api,
        id: ids.connectionId,
        client: handshake.client,
        connectedAt: now,
        authorizer: undefined,
      };
      const moment = { requestId: ids.requestId, now };
      const authorization = await authorize(surroundings, api.authorizer, {
        source: stranger,
        handshake,
        moment,
      });
      if (authorization.is === "refused") return refuse(authorization.refusal);

      const source = { ...stranger, authorizer: authorization.context };
      const connected = await connect(surroundings, source, { handshake, moment });
      if (connected.is === "refused") return refuse(connected.refusal);
      if (connected.protocol !== undefined) protocolOf.set(request, connected.protocol);
      socket.off("error", ignoreReset);
      open(source, upgrade);
    },
  };
}

type Connected =
  | { readonly is: "connected"; readonly protocol: string | undefined }
  | { readonly is: "refused"; readonly refusal: Refusal };

async function connect(
  surroundings: Surroundings,
  source: EventSource,
  { handshake, moment }: { handshake: Handshake; moment: Moment },
): Promise<Connected> {
  const route = source.api.routes.get("$connect");
  if (route === undefined) return { is: "connected", protocol: undefined };
  const answer = await callIntegration(
    surroundings,
    route.integration,
    connectEvent(source, handshake, moment),
    { sourceArn: connectArn(source.api), cause: "$connect" },
  );
  const refused = (status: number, message: string, reason: string): Connected => ({
    is: "refused",
    refusal: { status, message, reason },
  });
  switch (answer.is) {
    case "timed-out":
      return refused(504, "Endpoint request timed out", "$connect timed out");
    case "failed":
      return refused(502, "Internal server error", `$connect failed; ${answer.reason}`);
    case "answered": {
      const { statusCode, headers } = answer.response;
      if (statusCode < 200 || statusCode > 299)
        return refused(statusCode, "Forbidden", `$connect answered ${statusCode}`);
      const name = Object.keys(headers).find((each) => each.toLowerCase() === "sec-websocket-protocol");
      const protocol = name === undefined ? undefined : headers[name];
      // One header line: what would break out of it is no protocol's name.
      if (protocol !== undefined && !/^[\x21-\x7e]+$/.test(protocol))
        return refused(
          502,
          "Internal server error",
          "$connect answered a Sec-WebSocket-Protocol that is no token",
        );
      return { is: "connected", protocol };
    }
    default:
      return answer satisfies never;
  }
}

function isWebSocketRequest({ method, headers }: IncomingMessage): boolean {
  return (
    method === "GET" &&
    headers.upgrade?.toLowerCase() === "websocket" &&
    headers["sec-websocket-version"] === "13" &&
    /^[+/0-9A-Za-z]{22}==$/.test(headers["sec-websocket-key"] ?? "") &&
    areProtocols(headers["sec-websocket-protocol"])
  );
}

/** Tokens of HTTP, each once; else `ws` would refuse them, and not before `$connect` has taken the client. */
function areProtocols(offered: string | undefined): boolean {
  const names = offered?.split(",").map((name) => name.trim()) ?? [];
  return (
    names.every((name) => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) && new Set(names).size === names.length
  );
}
