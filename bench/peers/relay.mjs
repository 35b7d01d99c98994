// A bare relay: one socket names itself in its path, and a message goes to the one that it names. It stores nothing,
// knows nobody and promises nothing: what is above it in the table is the price of all that.

import { WebSocketServer } from "ws";

const people = new Map();
const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });

server.on("connection", (socket, request) => {
  people.set(request.url.slice(1), socket);
  socket.on("message", (bytes) => {
    const { to, text } = JSON.parse(bytes.toString());
    people.get(to)?.send(JSON.stringify({ text }));
  });
});
server.on("listening", () => process.stdout.write(`ready ${server.address().port}\n`));
