import type { IncomingMessage } from "node:http";

/** The name under which the request came, without its port: "localhost", "ada.parley.localhost". */
export const hostNameOf = (request: IncomingMessage): string =>
  (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();

/**
 * Not a foreign name that somebody made point here (DNS rebinding): the pages show codes and tokens to whoever
 * reads them.
 */
export const isThisMachine = (request: IncomingMessage): boolean =>
  ["localhost", "parley.localhost", "127.0.0.1", "[::1]"].includes(hostNameOf(request));

export const addressOf = (request: IncomingMessage): URL => new URL(request.url ?? "/", "http://localhost");
