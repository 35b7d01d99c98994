// An open socket: what comes in, what closes it, and what its end sets off.

import type { Duplex } from "node:stream";
import type { RawData } from "ws";
import type { Connection } from "./connections";
import { watchForCuts } from "./cuts";
import type { Close, EventSource } from "./event-source";
import { disconnectEvent, routeArn } from "./events";
import { FrameSizes, MOST_FRAME_BYTES } from "./frame-sizes";
import { receiveFrame } from "./frames";
import { gatewayId } from "./ids";
import { callIntegration } from "./integration";
import type { Surroundings } from "./surroundings";

const TOO_BIG: Close = { code: 1009, reason: "Message too big" };
const NOT_TEXT: Close = { code: 1003, reason: "Binary messages are not supported" };

export function serveSocket(surroundings: Surroundings, connection: Connection, stream: Duplex): void {
  const { connections, clock } = surroundings;
  const { socket } = connection;
  const close = (reason: Close) => connections.close(connection, reason);
  connections.add(connection);
  const stopWatching = watchForCuts(clock, connection, (_, reason) => close(reason));

  const sizes = new FrameSizes();
  // Before `ws` reads the same bytes: a frame that is too large must not become a message.
  stream.prependListener("data", (chunk: Buffer) => {
    if (connection.closing === undefined && sizes.read(chunk) > MOST_FRAME_BYTES) close(TOO_BIG);
  });
  socket.on("message", (body: RawData, isBinary: boolean) => {
    if (connection.closing !== undefined) return;
    if (isBinary) return close(NOT_TEXT);
    void receiveFrame(surroundings, connection, String(body));
  });
  // `ws` has begun the close itself: a message over the limit, or what is no WebSocket protocol.
  socket.on("error", (error: Error & { code?: string }) => {
    connection.closing ??= closeFor(error.code);
    connections.remove(connection);
  });
  socket.on("close", (code: number, reason: Buffer) => {
    stopWatching();
    connections.remove(connection);
    surroundings.meter.connected(clock.now() - connection.connectedAt);
    if (connections.stopping) return;
    void disconnected(surroundings, connection, connection.closing ?? clientsClose(code, reason.toString()));
  });
}

/** A close frame may be empty; the words are those of the example event in API Gateway's developer guide. */
const clientsClose = (code: number, reason: string): Close =>
  code === 1005 ? { code, reason: "Client-side close frame status not set" } : { code, reason };

/** Best effort: nobody waits for it, nobody repeats it, and it may come minutes late or never. */
export async function disconnected(
  surroundings: Surroundings,
  source: EventSource,
  close: Close,
): Promise<void> {
  const { clock, weather } = surroundings;
  const route = source.api.routes.get("$disconnect");
  if (route === undefined) return;
  const delayMs = weather.disconnectDelayMs();
  if (delayMs === undefined) return;
  if (delayMs > 0) await new Promise<void>((resolve) => clock.after(delayMs, resolve));
  const event = disconnectEvent(source, close, { requestId: gatewayId(), now: clock.now() });
  const answer = await callIntegration(surroundings, route.integration, event, {
    sourceArn: routeArn(source.api, "$disconnect"),
    cause: "$disconnect",
  });
  if (answer.is === "failed") surroundings.print(`route $disconnect of ${source.id}: ${answer.reason}`);
}

function closeFor(code: string | undefined): Close {
  if (code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") return TOO_BIG;
  if (code === "WS_ERR_INVALID_UTF8") return { code: 1007, reason: "Invalid UTF-8" };
  if (code?.startsWith("WS_ERR_") === true) return { code: 1002, reason: "Protocol error" };
  return { code: 1006, reason: "" };
}
