// Cuts a demo person's line to the server and keeps it cut until it is restored: open sockets break, and the handshake
// of a new one is refused. What the person writes meanwhile waits in the app.
//
// Sockets are told apart by the origin of the page that opened them.

import type { IncomingMessage } from "node:http";
import type { Gateway } from "../gateway/gateway";
import type { Surface } from "../resources";
import type { Seat } from "./seats";

export type Connections = Pick<Gateway, "connections" | "cut">;

export type Lines = Surface & {
  isCut(seat: Seat): boolean;
  cut(seat: Seat): void;
  restore(seat: Seat): void;
};

/** A handshake that began before the cut may end after it. */
const LOOK_EVERY_MS = 250;

export function createLines(options: {
  /** Whose page has this origin: "http://ada.parley.localhost:3001", or "http://localhost:3002". */
  readonly seatOf: (origin: string) => Seat | undefined;
  readonly connections: Connections;
}): Lines {
  const { seatOf, connections } = options;
  const timers = new Map<Seat, NodeJS.Timeout>();
  const isCut = (seat: Seat) => timers.has(seat);

  const breakSockets = (seat: Seat): void => {
    for (const { id, origin } of connections.connections())
      if (origin !== undefined && seatOf(origin) === seat) connections.cut(id);
  };
  const isOfCutSeat = ({ headers: { origin } }: IncomingMessage): boolean => {
    const seat = origin === undefined ? undefined : seatOf(origin);
    return seat !== undefined && isCut(seat);
  };

  return {
    claims: (request) => request.headers.upgrade?.toLowerCase() === "websocket" && isOfCutSeat(request),
    handle: (_request, response) => response.destroy(),
    upgrade: (_request, socket) => socket.destroy(),
    isCut,
    cut: (seat) => {
      if (isCut(seat)) return;
      timers.set(seat, setInterval(breakSockets, LOOK_EVERY_MS, seat).unref());
      breakSockets(seat);
    },
    restore: (seat) => {
      clearInterval(timers.get(seat));
      timers.delete(seat);
    },
  };
}
