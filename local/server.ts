// The one port of the local cloud. Loopback only: this is for development, tests and demonstrations.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Surface } from "./resources";

export const LOOPBACK = "127.0.0.1";

export type CloudServer = { readonly port: number; close(): Promise<void> };

/** Surfaces are asked in their order. Port 0 picks a free one. */
export async function startServer(surfaces: readonly Surface[], port: number): Promise<CloudServer> {
  const surfaceFor = (request: IncomingMessage) => surfaces.find((surface) => surface.claims(request));
  const server = createServer((request, response) => {
    const surface = surfaceFor(request);
    if (surface) surface.handle(request, response);
    else nothingHere(request, response);
  });
  const upgraded = new Set<Duplex>();
  server.on("upgrade", (request, socket, head) => {
    upgraded.add(socket);
    socket.once("close", () => upgraded.delete(socket));
    socket.on("error", () => socket.destroy());
    const surface = surfaceFor(request);
    if (surface?.upgrade) surface.upgrade(request, socket, head);
    else socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
  await listen(server, port);
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("unable to listen; the server has no port");
  return {
    port: address.port,
    close: async () => {
      for (const socket of upgraded) socket.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, LOOPBACK, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function nothingHere(request: IncomingMessage, response: ServerResponse) {
  response.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
  response.end(`Nothing answers at ${request.url ?? "/"} in the local cloud. Its front page is at /.\n`);
}
