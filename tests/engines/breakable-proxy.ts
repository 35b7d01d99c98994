// An HTTP proxy for one browser profile. Breaking the proxy breaks the network of that person only, in the same way in
// every engine.

import { once } from "node:events";
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";

export type BreakableProxy = {
  readonly address: string;
  /** Ends open connections and refuses new ones, until `mend`. */
  readonly break: () => void;
  readonly mend: () => void;
  readonly close: () => void;
};

export async function startBreakableProxy(): Promise<BreakableProxy> {
  const lines = new Set<Duplex>();
  let isBroken = false;
  const keep = (line: Duplex) => {
    lines.add(line);
    line.on("close", () => lines.delete(line));
    line.on("error", () => line.destroy());
  };

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const to = new URL(request.url ?? "", "http://localhost");
    const passed = forward(
      {
        host: to.hostname,
        port: to.port,
        path: to.pathname + to.search,
        method: request.method,
        headers: request.headers,
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        answer.on("error", () => response.destroy());
      },
    );
    passed.on("error", () => response.destroy());
    response.on("close", () => passed.destroy());
    request.pipe(passed);
  });
  server.on("connection", (socket: Socket) => {
    if (isBroken) socket.destroy();
    else keep(socket);
  });
  // Browsers ask for a tunnel before they open a WebSocket.
  server.on("connect", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const to = new URL(`http://${request.url ?? ""}`);
    const passed = connect(Number(to.port || 80), to.hostname, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      passed.write(head);
      passed.pipe(socket);
      socket.pipe(passed);
    });
    keep(passed);
    passed.on("close", () => socket.destroy());
    socket.on("close", () => passed.destroy());
  });
  // An engine may also send the WebSocket's handshake to the proxy itself.
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const to = new URL(request.url ?? "", "http://localhost");
    const passed = connect(Number(to.port || 80), to.hostname, () => {
      const { rawHeaders } = request;
      const headers = rawHeaders.flatMap((name, at) =>
        at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}\r\n`] : [],
      );
      passed.write(`${request.method} ${to.pathname}${to.search} HTTP/1.1\r\n${headers.join("")}\r\n`);
      passed.write(head);
      passed.pipe(socket);
      socket.pipe(passed);
    });
    keep(passed);
    passed.on("close", () => socket.destroy());
    socket.on("close", () => passed.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("unable to start a proxy; no address");

  const end = () => {
    for (const line of lines) line.destroy();
  };
  return {
    address: `http://127.0.0.1:${address.port}`,
    break: () => {
      isBroken = true;
      end();
    },
    mend: () => void (isBroken = false),
    close: () => {
      end();
      server.close();
    },
  };
}
