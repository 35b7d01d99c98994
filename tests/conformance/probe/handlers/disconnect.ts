import type { ProxyAnswer, SocketEvent } from "./events";
import { leaveNote } from "./notes";

/** Says how a connection ended, under the name that its handshake gave. */
export async function handler(event: SocketEvent): Promise<ProxyAnswer> {
  const { authorizer, disconnectStatusCode, disconnectReason } = event.requestContext;
  await leaveNote(`${authorizer?.["run"]}.ended`, {
    code: disconnectStatusCode ?? 0,
    reason: disconnectReason ?? "",
    colour: String(authorizer?.["colour"] ?? ""),
  });
  return { statusCode: 200 };
}
