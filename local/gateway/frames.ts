// A message from a client: route, function, answer. Messages of one socket run side by side, and their answers go
// out in the order in which they come.

import type { Api, Route } from "./api";
import type { Connection } from "./connections";
import { messageEvent } from "./events";
import { gatewayId } from "./ids";
import { callIntegration } from "./integration";
import { select } from "./selection";
import type { Surroundings } from "./surroundings";

export async function receiveFrame(
  surroundings: Surroundings,
  connection: Connection,
  body: string,
): Promise<void> {
  const { clock, throttles, print } = surroundings;
  const { api } = connection;
  const requestId = gatewayId();
  connection.lastActiveAt = clock.now();
  const say = (text: string) => answer(surroundings, connection, text);
  const sayFailure = (message: string) =>
    say(JSON.stringify({ message, connectionId: connection.id, requestId }));

  const route = routeOf(api, body);
  if (!throttles.request(api, route?.key ?? "$default")) return sayFailure("Too Many Requests");
  if (route === undefined) return sayFailure("Forbidden");

  const event = messageEvent(
    connection,
    { routeKey: route.key, messageId: gatewayId(), body },
    { requestId, now: clock.now() },
  );
  const result = await callIntegration(surroundings, route.integration, event);
  switch (result.is) {
    case "answered":
      if (route.answers && result.response.body) say(result.response.body);
      return;
    case "failed":
      print(`route ${route.key}, request ${requestId}: ${result.reason}`);
      // One-way, not even a failure reaches the client.
      if (route.answers) sayFailure("Internal server error");
      return;
    case "timed-out":
      print(`route ${route.key}, request ${requestId}: the integration timed out; its function may go on`);
      if (route.answers) sayFailure("Endpoint request timed out");
      return;
    default:
      return result satisfies never;
  }
}

/** `$connect` and `$disconnect` are the gateway's own: no message selects them. */
function routeOf(api: Api, body: string): Route | undefined {
  const key = select(api.selection, body);
  const named = key === undefined || key.startsWith("$") ? undefined : api.routes.get(key);
  return named ?? api.routes.get("$default");
}

function answer({ connections, clock, print }: Surroundings, connection: Connection, text: string): void {
  const sent = connections.send(connection, Buffer.from(text), clock.now());
  if (sent === "too-large" || sent === "full") print(`an answer to ${connection.id} was dropped; ${sent}`);
}
