// The routes that show what a route is: what a function is told, what its answer becomes, and what of its failure
// comes back.

import { randomUUID } from "node:crypto";
import { answering, type ProxyAnswer, saidIn, type SocketEvent, textOf } from "./events";
import { countNote } from "./notes";

/** Of this environment: it outlives the event, and the person. */
const environment = randomUUID();
let calls = 0;

export async function handler(event: SocketEvent): Promise<ProxyAnswer> {
  calls += 1;
  const said = saidIn(event);
  const { routeKey, authorizer, connectionId, connectedAt } = event.requestContext;
  switch (routeKey) {
    case "echo":
      return answering(said, { said: said["say"] });
    case "size":
      return answering(said, { bytes: Buffer.byteLength(event.body ?? "") });
    case "whoami":
      return answering(said, {
        authorizer,
        connectionId,
        connectedAt,
        now: Date.now(),
        written: new Date().toISOString(),
        environment,
        calls,
      });
    case "quiet":
      await countNote(textOf(said, "note"));
      return { statusCode: Number(said["status"] ?? 200), body: "nobody hears this" };
    case "throw":
    case "throw-quiet":
      await countNote(textOf(said, "note"));
      throw new Error("failed on purpose");
    default:
      return answering(said, { route: routeKey, body: event.body });
  }
}
