// Lines to the tables' gate begin in this thread, at its outpost. Sits where Node's agents open a line, below the libraries:
// the functions' code, its agents and its addresses stay as they are deployed. What opens lines in another way, as `fetch`,
// reaches the gate itself.

import http from "node:http";
import type { Duplex } from "node:stream";
import type { Outpost } from "../../database/outpost";

type Connect = (this: http.Agent, ...given: readonly unknown[]) => Duplex;

export function lineByOutpost(gate: string, outpost: Pick<Outpost, "connect">): void {
  const { hostname, port } = new URL(gate);
  const connect: unknown = Reflect.get(http.Agent.prototype, "createConnection");
  const routed: Connect = function (...given) {
    const [options] = given;
    if (isTo(options, hostname, port)) return outpost.connect();
    // Node's own, which answers a socket.
    return Reflect.apply(connect as Connect, this, given);
  };
  Object.assign(http.Agent.prototype, { createConnection: routed });
}

const isTo = (options: unknown, host: string, port: string): boolean =>
  typeof options === "object" &&
  options !== null &&
  Reflect.get(options, "host") === host &&
  String(Reflect.get(options, "port")) === port;
