import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { Surface } from "./resources";
import { LOOPBACK, startServer, type CloudServer } from "./server";

let server: CloudServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const answering = (path: string, text: string): Surface => ({
  claims: (request) => request.url === path,
  handle: (_request, response) => response.end(text),
});

describe("the port of the local cloud", () => {
  it("gives a request to the first part that claims it", async () => {
    server = await startServer([answering("/a", "first"), answering("/a", "second")], 0);
    const response = await fetch(`http://${LOOPBACK}:${server.port}/a`);
    expect(await response.text()).toBe("first");
  });

  it("says where to look when nobody claims a request", async () => {
    server = await startServer([], 0);
    const response = await fetch(`http://${LOOPBACK}:${server.port}/lost`);
    expect([response.status, await response.text()]).toEqual([
      404,
      "Nothing answers at /lost in the local cloud. Its front page is at /.\n",
    ]);
  });

  it("refuses an upgrade that nobody takes", async () => {
    server = await startServer([answering("/a", "no sockets here")], 0);
    const socket = connect(server.port, LOOPBACK);
    socket.write("GET /a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    const answer = await new Promise<string>((resolve) =>
      socket.once("data", (data) => resolve(data.toString())),
    );
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    socket.destroy();
  });

  it("closes although a socket is still open", async () => {
    const holding: Surface = {
      claims: () => true,
      handle: (_request, response) => response.end(),
      upgrade: (_request, socket) => socket.write("HTTP/1.1 101 Switching Protocols\r\n\r\n"),
    };
    const held = await startServer([holding], 0);
    const socket = connect(held.port, LOOPBACK);
    socket.on("error", () => undefined);
    socket.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    await new Promise((resolve) => socket.once("data", resolve));
    const ended = new Promise((resolve) => socket.once("close", resolve));
    await held.close();
    await ended;
    expect(socket.destroyed).toBe(true);
  });
});
