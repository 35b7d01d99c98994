// Socket.IO in front of SQLite: what many would build first. A message is on the disk before anybody hears of it, and
// the sender is answered then.

import { Server } from "socket.io";
import Database from "libsql";

const [, , file] = process.argv;
const database = new Database(file);
// In WAL mode `FULL` syncs the log at every commit; `NORMAL` would only at a checkpoint.
database.exec("PRAGMA journal_mode = WAL");
database.exec("PRAGMA synchronous = FULL");
database.exec(
  "CREATE TABLE message (seq INTEGER PRIMARY KEY, sender TEXT, receiver TEXT, text TEXT, at INTEGER)",
);
const insert = database.prepare("INSERT INTO message (sender, receiver, text, at) VALUES (?, ?, ?, ?)");

const server = new Server(0, { transports: ["websocket"] });
server.on("connection", (socket) => {
  const { person } = socket.handshake.auth;
  void socket.join(person);
  socket.on("message", ({ to, text }, answer) => {
    const at = Date.now();
    const { lastInsertRowid } = insert.run(person, to, text, at);
    server.to(to).emit("message", { seq: lastInsertRowid, from: person, text, at });
    answer({ seq: lastInsertRowid });
  });
});
server.httpServer.once("listening", () =>
  process.stdout.write(`ready ${server.httpServer.address().port}\n`),
);
