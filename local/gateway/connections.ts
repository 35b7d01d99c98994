// The open connections. A connection that is not in here is gone for `@connections`, whether it closed, never
// was, or has not finished its handshake.

import type { WebSocket } from "ws";
import type { Close, EventSource } from "./event-source";
import { MOST_FRAME_BYTES, MOST_MESSAGE_BYTES } from "./frame-sizes";

export type Connection = EventSource & {
  readonly socket: WebSocket;
  lastActiveAt: number;
  /** The reason for a close that the gateway begins; what the client says after it does not count. */
  closing: Close | undefined;
};

export type Sent = "sent" | "gone" | "too-large" | "full";

/** AWS does not say how much it holds for a client that reads slowly. */
const MOST_BUFFERED_BYTES = 1024 * 1024;

export class Connections {
  private readonly open = new Map<string, Connection>();
  /** The gateway itself goes: what `$disconnect` would call may be gone. */
  stopping = false;

  add(connection: Connection): void {
    this.open.set(connection.id, connection);
  }

  find(id: string): Connection | undefined {
    return this.open.get(id);
  }

  remove(connection: Connection): void {
    this.open.delete(connection.id);
  }

  /** For those who look inside; the gateway itself asks by id only. */
  all(): readonly Connection[] {
    return [...this.open.values()];
  }

  /** "sent" is no delivery: the bytes are with the operating system, and the line may be dead. */
  send(connection: Connection, body: Buffer, now: number): Sent {
    const { socket } = connection;
    if (connection.closing !== undefined || socket.readyState !== socket.OPEN) return "gone";
    if (body.length > MOST_MESSAGE_BYTES) return "too-large";
    if (socket.bufferedAmount + body.length > MOST_BUFFERED_BYTES) return "full";
    connection.lastActiveAt = now;
    for (let at = 0; at === 0 || at < body.length; at += MOST_FRAME_BYTES) {
      const fin = at + MOST_FRAME_BYTES >= body.length;
      socket.send(body.subarray(at, at + MOST_FRAME_BYTES), { fin, binary: false });
    }
    return "sent";
  }

  /** Gone for callbacks at once; the socket itself may take until the client answers the close. */
  close(connection: Connection, close: Close): void {
    if (connection.closing !== undefined) return;
    connection.closing = close;
    this.remove(connection);
    connection.socket.close(close.code, close.reason);
  }
}
