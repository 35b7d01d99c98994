// Gives each seat a port, so that the demo works at plain `localhost` too. Safari resolves no name below `localhost`,
// and two ports of one host are two origins of one site.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { LOOPBACK } from "../server";
import { SEATS, type Seat } from "./seats";

export type SeatPorts = {
  readonly portOf: (seat: Seat) => number;
  readonly close: () => void;
};

type Handlers = {
  readonly handle: (seat: Seat, request: IncomingMessage, response: ServerResponse) => void;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
};

/** Opens the two ports after the cloud's, or free ports if those are taken. A stable port keeps a seat's storage. */
export async function openSeatPorts(cloudPort: number, { handle, upgrade }: Handlers): Promise<SeatPorts> {
  const servers = new Map<Seat, Server>();
  for (const [at, seat] of SEATS.entries()) {
    const make = () =>
      createServer((request, response) => handle(seat, request, response)).on("upgrade", upgrade);
    const wanted = make();
    const isOpen = await listens(wanted, cloudPort + 1 + at);
    const server = isOpen ? wanted : make();
    if (!isOpen && !(await listens(server, 0)))
      throw new Error("unable to open a port for the demo; none is free");
    servers.set(seat, server);
  }
  return {
    portOf: (seat) => {
      const address = servers.get(seat)?.address();
      if (!address || typeof address === "string")
        throw new Error("unable to name a seat's port; it is closed");
      return address.port;
    },
    close: () => {
      for (const server of servers.values()) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

const listens = (server: Server, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, LOOPBACK, () => resolve(true));
  });
