// What a socket costs the gateway that nobody talks on: the cloud's memory with so many more of them open. Each went
// through the authorizer and the function of `$connect`, whose environments are ended before the memory is looked at:
// one more or less of them is 20 MB.

import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { WebSocket } from "ws";
import { type Account, signUpAndIn } from "../../tests/fixtures/account";
import type { BenchCloud } from "../systems/cloud";
import { protocolsFor } from "../systems/device";
import { inspect, type Memory } from "./inspector";

export type IdleCost = {
  readonly connections: number;
  /** For one connection. */
  readonly residentBytes: number;
  readonly heapBytes: number;
  readonly bufferBytes: number;
};

const CONNECTIONS = 3_000;
/** The first ones fill what is filled once. */
const FIRST_CONNECTIONS = 1_000;
const AT_ONCE = 10;
/** Logs are written, timers are over and threads have ended. */
const SETTLE_MS = 1_000;

export async function measureIdle(cloud: BenchCloud, inspectPort: number): Promise<IdleCost> {
  const account = await signUpAndIn(cloud.place, "Idle");
  const inspector = await inspect(cloud.cloudPid, inspectPort);
  const settled = async (): Promise<Memory> => {
    await cloud.endEnvironments();
    await pause(SETTLE_MS);
    return inspector.memory();
  };
  const sockets = await openMany(cloud, account, FIRST_CONNECTIONS);
  const before = await settled();
  sockets.push(...(await openMany(cloud, account, CONNECTIONS)));
  const after = await settled();
  inspector.close();
  for (const socket of sockets) socket.terminate();
  const each = (kind: keyof Memory) => Math.round((after[kind] - before[kind]) / CONNECTIONS);
  return {
    connections: CONNECTIONS,
    residentBytes: each("rss"),
    heapBytes: each("heapUsed"),
    bufferBytes: each("external"),
  };
}

async function openMany(cloud: BenchCloud, { accessToken }: Account, count: number): Promise<WebSocket[]> {
  const sockets: WebSocket[] = [];
  const openOne = async () => {
    const socket = new WebSocket(cloud.place.socketUrl, protocolsFor(accessToken));
    await once(socket, "open");
    sockets.push(socket);
  };
  while (sockets.length < count) await Promise.all(Array.from({ length: AT_ONCE }, openOne));
  return sockets;
}
