// serverless-offline as its users have it, on the engine that the local cloud has. `serverless` 4 asks for a licence
// at every start, so the framework is its fork without one (osls), which the plugin takes for version 3.

import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { resolve } from "node:path";
import { WebSocket } from "ws";
import { freePort } from "../../local/ports";
import { engineClient } from "../../local/tables/engine-client";
import { startEngine } from "../../local/tables/engine-process";
import { availableEngine } from "../../local/tables/engines";
import { idIn, type Line, type StartOptions, type System, textOf } from "../load/system";
import { pidOf, startPeer } from "./peer";

export async function startServerlessOffline({ pairs, arrived }: StartOptions): Promise<System> {
  const name = "serverless-offline, SDK, the same engine";
  const engine = await startEngine(availableEngine(), mkdtempSync(resolve(".local/bench/serverless-")));
  const enginePid = pidOf(name, engine.child.command);
  await makeTables(engine.endpoint);
  const [httpPort, lambdaPort, socketPort] = [await freePort(), await freePort(), await freePort()];
  const { pid, child } = await startPeer({
    name,
    command: [
      ...[process.execPath, "../../node_modules/serverless/bin/serverless.js", "offline"],
      ...["--host", "127.0.0.1", "--httpPort", String(httpPort)],
      ...["--lambdaPort", String(lambdaPort), "--websocketPort", String(socketPort)],
      // It goes on giving events to a thread that it ended for its time-out: without one it loses nothing.
      "--noTimeout",
    ],
    directory: "peers/serverless-offline",
    ready: /Offline \[http for websocket\] listening on .*:(\d+)/,
    env: {
      BENCH_TABLES: engine.endpoint,
      BENCH_GATEWAY: `http://127.0.0.1:${socketPort}`,
    },
  });
  const sockets: WebSocket[] = [];
  const join = async (person: string) => {
    const socket = new WebSocket(`ws://127.0.0.1:${socketPort}/?person=${person}`);
    sockets.push(socket);
    await once(socket, "open");
    return socket;
  };
  const openLine = async (pair: number): Promise<Line> => {
    const [sender, receiver] = [await join(`from-${pair}`), await join(`to-${pair}`)];
    receiver.on("message", (bytes: Buffer) => {
      // The handler posts what was sent below.
      const { text } = JSON.parse(bytes.toString()) as { readonly text: string };
      arrived(idIn(text));
    });
    return {
      send: (id) => {
        sender.send(JSON.stringify({ action: "send", to: `to-${pair}`, text: textOf(id) }));
        return Promise.resolve();
      },
    };
  };
  const lines: Line[] = [];
  for (let pair = 0; pair < pairs; pair++) lines.push(await openLine(pair));
  return {
    name,
    lines,
    processes: () => ({ offline: pid, engine: enginePid }),
    stop: async () => {
      for (const socket of sockets) socket.terminate();
      await child.stop();
      await engine.child.stop();
    },
  };
}

async function makeTables(endpoint: string): Promise<void> {
  const call = engineClient(endpoint);
  for (const [table, sortKey] of [
    ["Connections", "connectionId"],
    ["Messages", "sentAt"],
  ] as const)
    await call("CreateTable", {
      TableName: table,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: "person", KeyType: "HASH" },
        { AttributeName: sortKey, KeyType: "RANGE" },
      ],
      AttributeDefinitions: ["person", sortKey].map((name) => ({ AttributeName: name, AttributeType: "S" })),
    });
}
