// Does as the handshake's query says.
//
//   status=<n>       answers with that status
//   echo=first       with the first of the offered subprotocols; echo=foreign with one that was not offered
//   post=self        posts to its own connection before it answers
//   throw=yes        fails

import type { ProxyAnswer, SocketEvent } from "./events";
import { leaveNote } from "./notes";
import { callBack } from "./call-back";

export async function handler(event: SocketEvent): Promise<ProxyAnswer> {
  const query = event.queryStringParameters ?? {};
  const { connectionId } = event.requestContext;
  if (query["throw"] !== undefined) throw new Error("refused on purpose");
  if (query["post"] === "self") {
    const { status } = await callBack(event, { id: connectionId, method: "POST", body: "too early" });
    await leaveNote(`${query["run"]}.posted`, { status, connectionId });
  }
  const protocol = protocolFor(query["echo"], offered(event));
  return {
    statusCode: Number(query["status"] ?? 200),
    ...(protocol !== undefined && { headers: { "Sec-WebSocket-Protocol": protocol } }),
  };
}

function protocolFor(echo: string | undefined, offers: readonly string[]): string | undefined {
  return echo === "first" ? offers[0] : echo === "foreign" ? "not.offered" : undefined;
}

function offered(event: SocketEvent): readonly string[] {
  const header = Object.entries(event.headers ?? {}).find(
    ([name]) => name.toLowerCase() === "sec-websocket-protocol",
  );
  return (header?.[1] ?? "").split(",").map((each) => each.trim());
}
