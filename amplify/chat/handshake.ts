import type { Caller } from "../../core/domain/caller";
import { CONNECTION_MS } from "../../core/domain/limits";
import type { Ports } from "../../core/domain/ports/ports";
import { SUBPROTOCOL } from "../../core/protocol/version";
import { offerOf, type Headers } from "./subprotocols";

export type HandshakeAnswer = {
  readonly statusCode: 200 | 400;
  readonly headers?: { readonly "Sec-WebSocket-Protocol": typeof SUBPROTOCOL };
};

/**
 * What is not 2xx refuses the handshake. A browser hangs up unless exactly one of the protocols that it offered is
 * named, so a client that does not speak ours is refused here and not confused later.
 */
export async function handshake(
  ports: Pick<Ports, "connections" | "clock">,
  { user, connection }: Caller,
  headers: Headers,
): Promise<HandshakeAnswer> {
  if (!offerOf(headers).speaks) return { statusCode: 400 };
  await ports.connections.connecting(user, connection, ports.clock.now() + CONNECTION_MS);
  return { statusCode: 200, headers: { "Sec-WebSocket-Protocol": SUBPROTOCOL } };
}
