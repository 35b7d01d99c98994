// Passes a seat's requests on to the app, which is to believe that it is asked under its own address: Next refuses
// development requests from other hosts, and sends redirects to the host that it was asked under.

import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { Agent, request as send } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";

/** Said about one connection, so not passed on to the other (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  // It may forbid frames, or name who may frame: the demo's page is one that the app cannot know of.
  "x-frame-options",
]);

const RETRY_SECONDS = 1;
const NOT_YET = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="${String(RETRY_SECONDS)}">
<meta name="color-scheme" content="light dark"><title>Waiting for the app</title>
<p style="font:16px/1.5 system-ui;padding:2rem">The app does not answer yet. This page tries again by itself.</p>`;

export type AppProxy = Required<Pick<ProxySides, "handle" | "upgrade">>;
type ProxySides = {
  handle(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
};

const withoutHops = (headers: IncomingHttpHeaders): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));

export const createAppProxy = (appAddress: string): AppProxy => {
  const app = new URL(appAddress);
  const agent = new Agent({ keepAlive: true });

  /** `Host`, `Origin` and `Referer` say the app's address where they said the seat's. */
  const asTheApp = (request: IncomingMessage): IncomingHttpHeaders => {
    const seat = `http://${request.headers.host ?? ""}`;
    const { origin, referer } = request.headers;
    return {
      ...request.headers,
      host: app.host,
      ...(origin === seat ? { origin: app.origin } : {}),
      ...(referer?.startsWith(`${seat}/`) ? { referer: app.origin + referer.slice(seat.length) } : {}),
    };
  };

  const asTheSeat = (request: IncomingMessage, headers: IncomingHttpHeaders): OutgoingHttpHeaders => {
    const seat = `http://${request.headers.host ?? ""}`;
    const { location } = headers;
    const policy = headers["content-security-policy"];
    return {
      ...withoutHops(headers),
      ...(location?.startsWith(`${app.origin}/`)
        ? { location: seat + location.slice(app.origin.length) }
        : {}),
      ...(policy === undefined
        ? {}
        : { "content-security-policy": String(policy).replace(/frame-ancestors[^;]*;?/, "") }),
    };
  };

  const notYet = (response: ServerResponse): void => {
    if (response.headersSent) return void response.destroy();
    response.writeHead(502, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
    response.end(NOT_YET);
  };

  return {
    handle(request, response) {
      const passed = send(
        {
          agent,
          host: app.hostname,
          port: app.port,
          method: request.method,
          path: request.url,
          headers: withoutHops(asTheApp(request)),
        },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, asTheSeat(request, answer.headers));
          answer.pipe(response);
          answer.on("error", () => response.destroy());
        },
      );
      passed.on("error", () => notYet(response));
      response.on("close", () => passed.destroy());
      request.pipe(passed);
    },

    /** Development reloads over a WebSocket. Bytes are passed as they are once the app has been asked. */
    upgrade(request, socket, head) {
      const passed = connect({ host: app.hostname, port: Number(app.port || 80) }, () => {
        const headers = Object.entries(asTheApp(request)).flatMap(([name, value]) =>
          (Array.isArray(value) ? value : [value ?? ""]).map((each) => `${name}: ${each}\r\n`),
        );
        passed.write(`${request.method ?? "GET"} ${request.url ?? "/"} HTTP/1.1\r\n${headers.join("")}\r\n`);
        passed.write(head);
        passed.pipe(socket);
        socket.pipe(passed);
      });
      const end = (): void => {
        passed.destroy();
        socket.destroy();
      };
      for (const side of [passed, socket]) side.on("error", end).on("close", end);
    },
  };
};
