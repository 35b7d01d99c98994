// API Gateway's WebSocket APIs on the one port: "/<stage>" takes sockets, "/<stage>/@connections/<id>" callbacks.

import type { IncomingMessage } from "node:http";
import type { Clock } from "../clock";
import type { Functions, Resource, Surface } from "../resources";
import type { Api } from "./api";
import { type AuthorizeCallback, type Callback, handleCallback } from "./callbacks";
import { createCauses } from "./causes";
import { Connections } from "./connections";
import type { Close } from "./event-source";
import { createHandshakes } from "./handshake";
import { createMeter } from "../meter/create-meter";
import type { Meter } from "../meter/meter";
import { createWeather, type Weather } from "../weather/weather";
import type { MayInvoke } from "./integration";
import { partsOf } from "./parts";
import { readApis } from "./read-api";
import type { Surroundings } from "./surroundings";
import { type AccountLimits, createThrottles } from "./throttle";

export type GatewayOptions = {
  readonly resources: readonly Resource[];
  /** What `Ref` says of a resource. */
  readonly nameOf: (resource: Resource) => string;
  readonly functions: Functions;
  readonly clock: Clock;
  readonly print?: (line: string) => void;
  /** Whether a role may call `@connections`; without it every signed call may. */
  readonly authorize?: AuthorizeCallback;
  /** Whether the functions let API Gateway call them; without it they do. */
  readonly mayInvoke?: MayInvoke;
  readonly meter?: Meter;
  readonly weather?: Weather;
  /** Without it AWS's own. */
  readonly limits?: AccountLimits;
};

export type OpenConnection = {
  readonly id: string;
  readonly connectedAt: number;
  readonly lastActiveAt: number;
  readonly sourceIp: string;
  /** Of the page that opened the socket; only browsers say one. */
  readonly origin: string | undefined;
};

export type Gateway = Required<Surface> & {
  connections(): readonly OpenConnection[];
  /** As if the line had been cut, or the gateway itself closed it. False for a connection that is not there. */
  cut(connectionId: string, close?: Close): boolean;
  /** Closes every socket; `$disconnect` is not called, for what it calls may be gone. */
  close(): Promise<void>;
};

export function createGateway(options: GatewayOptions): Gateway {
  const apis = readApis(partsOf(options.resources, options.nameOf));
  const print = options.print ?? (() => {});
  for (const { stage } of apis.filter(({ writesLogs }) => writesLogs)) print(needsRole(stage));
  const connections = new Connections();
  const surroundings: Surroundings & { authorize: AuthorizeCallback } = {
    functions: options.functions,
    clock: options.clock,
    connections,
    throttles: createThrottles(apis, options.clock, options.limits),
    causes: createCauses(),
    print,
    authorize: options.authorize ?? (() => ({ is: "allowed" })),
    mayInvoke: options.mayInvoke ?? (() => true),
    meter: options.meter ?? createMeter(),
    weather: options.weather ?? createWeather(),
  };
  const handshakes = createHandshakes(surroundings);

  return {
    claims: (request) => {
      const { api, callback } = placeOf(apis, request);
      return api !== undefined || callback !== undefined;
    },
    handle: (request, response) => {
      const { callback } = placeOf(apis, request);
      if (callback !== undefined)
        return void handleCallback(surroundings, callback, { request, response }).catch(() =>
          response.destroy(),
        );
      const message = "This address takes WebSocket connections; open it with new WebSocket() or wscat.";
      response.writeHead(426, { "Content-Type": "application/json", Upgrade: "websocket" });
      response.end(JSON.stringify({ message }));
    },
    upgrade: (request, socket, head) => {
      const { api, callback } = placeOf(apis, request);
      const at = callback === undefined ? api : undefined;
      handshakes.handle(at, { request, socket, head }).catch((error: unknown) => {
        surroundings.print(`handshake failed; ${String(error)}`);
        socket.destroy();
      });
    },
    connections: () =>
      connections.all().map(({ id, connectedAt, lastActiveAt, client }) => ({
        id,
        connectedAt,
        lastActiveAt,
        sourceIp: client.sourceIp,
        origin: client.origin,
      })),
    cut: (connectionId, close) => {
      const connection = connections.find(connectionId);
      if (connection === undefined) return false;
      if (close === undefined) connection.socket.terminate();
      else connections.close(connection, close);
      return true;
    },
    close: () => closeAll(connections),
  };
}

/** There is no account here to look at, and one may have the role from elsewhere: nothing is refused. */
const needsRole = (stage: string): string =>
  `the stage ${stage} is to write logs: AWS deploys it only in an account that has a CloudWatch role for API Gateway; see docs/deploy.md, "The CloudWatch role"`;

/** "/chat", "/chat/@connections/<id>" or "/@connections/<id>"; an encoded "@" is the same. */
function placeOf(
  apis: readonly Api[],
  request: IncomingMessage,
): { readonly api: Api | undefined; readonly callback: Callback | undefined } {
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  const [, first = "", ...rest] = path.replaceAll(/%40/gi, "@").split("/");
  const api = apis.find((each) => each.stage === first);
  const [mark, id = ""] = first === "@connections" ? [first, ...rest] : rest;
  if (mark === "@connections" && (api !== undefined || first === mark)) return { api, callback: { api, id } };
  const isStage = rest.length === 0 || (rest.length === 1 && rest[0] === "");
  return { api: isStage ? api : undefined, callback: undefined };
}

/** Long enough for a client on the same machine to answer the close; then the line is cut. */
const CLOSE_MS = 200;
const GOING_AWAY: Close = { code: 1001, reason: "Going away" };

async function closeAll(connections: Connections): Promise<void> {
  connections.stopping = true;
  const sockets = connections.all().map((connection) => {
    const { socket } = connection;
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    connections.close(connection, GOING_AWAY);
    return { socket, closed };
  });
  const timer = setTimeout(() => sockets.forEach(({ socket }) => socket.terminate()), CLOSE_MS);
  await Promise.all(sockets.map(({ closed }) => closed));
  clearTimeout(timer);
}
