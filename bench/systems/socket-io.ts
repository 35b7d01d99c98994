import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { idIn, type Line, type StartOptions, type System, textOf } from "../load/system";
import { BENCH, startPeer } from "./peer";

/** Of socket.io-client, what is used here: it is installed for the bench alone, so its own types may be absent. */
type ClientSocket = NodeJS.EventEmitter & {
  emit(event: "message", message: object, answered: () => void): boolean;
  disconnect(): void;
};
type Client = { io(address: string, options: object): ClientSocket };

export async function startSocketIo({ pairs, arrived }: StartOptions): Promise<System> {
  const name = "Socket.IO, SQLite, fsync a message";
  const directory = mkdtempSync(resolve(".local/bench/socket-io-"));
  const { port, pid, child } = await startPeer({
    name,
    command: [process.execPath, "peers/socket-io.mjs", join(directory, "messages.db")],
  });
  const client = createRequire(`${BENCH}package.json`)("socket.io-client") as Client;
  const sockets: ClientSocket[] = [];
  const joinAs = async (person: string) => {
    const socket = client.io(`http://127.0.0.1:${port}`, {
      transports: ["websocket"],
      forceNew: true,
      auth: { person },
    });
    sockets.push(socket);
    await once(socket, "connect");
    return socket;
  };
  const openLine = async (pair: number): Promise<Line> => {
    const [sender, receiver] = await Promise.all([joinAs(`from-${pair}`), joinAs(`to-${pair}`)]);
    receiver.on("message", ({ text }: { readonly text: string }) => arrived(idIn(text)));
    return {
      send: (id) =>
        new Promise((answered) => sender.emit("message", { to: `to-${pair}`, text: textOf(id) }, answered)),
    };
  };
  const lines = await Promise.all(Array.from({ length: pairs }, (_, pair) => openLine(pair)));
  return {
    name,
    lines,
    processes: () => ({ server: pid }),
    stop: async () => {
      for (const socket of sockets) socket.disconnect();
      await child.stop();
    },
  };
}
