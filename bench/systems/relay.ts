import { once } from "node:events";
import { WebSocket } from "ws";
import { idIn, type Line, type StartOptions, type System, textOf } from "../load/system";
import { startPeer } from "./peer";

export async function startRelay({ pairs, arrived }: StartOptions): Promise<System> {
  const name = "bare ws relay, stores nothing";
  const { port, pid, child } = await startPeer({ name, command: [process.execPath, "peers/relay.mjs"] });
  const sockets: WebSocket[] = [];
  const join = async (person: string) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/${person}`);
    sockets.push(socket);
    await once(socket, "open");
    return socket;
  };
  const openLine = async (pair: number): Promise<Line> => {
    const [sender, receiver] = await Promise.all([join(`from-${pair}`), join(`to-${pair}`)]);
    receiver.on("message", (bytes: Buffer) => {
      // The relay hands on what was sent below.
      const { text } = JSON.parse(bytes.toString()) as { readonly text: string };
      arrived(idIn(text));
    });
    return {
      send: (id) => {
        sender.send(JSON.stringify({ to: `to-${pair}`, text: textOf(id) }));
        return Promise.resolve();
      },
    };
  };
  const lines = await Promise.all(Array.from({ length: pairs }, (_, pair) => openLine(pair)));
  return {
    name,
    lines,
    processes: () => ({ relay: pid }),
    stop: async () => {
      for (const socket of sockets) socket.terminate();
      await child.stop();
    },
  };
}
