// A message from a client: route, function, answer. Messages of one socket run side by side, and their answers go
// out in the order in which they come.

import type { Api, Route } from "./api";
import type { Connection } from "./connections";
import { messageEvent, routeArn } from "./events";
import { gatewayId } from "./ids";
import { callIntegration } from "./integration";
import { select } from "./selection";
import type { Surroundings } from "./surroundings";

export async function receiveFrame(
  surroundings: Surroundings,
  connection: Connection,
  body: string,
): Promise<void> {
  const { causes, clock, meter, throttles, print } = surroundings;
  const { api } = connection;
  const requestId = gatewayId();
  connection.lastActiveAt = clock.now();
  const { route, word } = chosen(api, body);
  const routeKey = route?.key ?? "$default";
  const cause = causes(word, routeKey);
  meter.frame("up", Buffer.byteLength(body), routeKey, cause);
  const say = (text: string) => {
    meter.frame("down", Buffer.byteLength(text), routeKey, cause);
    answer(surroundings, connection, text);
  };
  const sayFailure = (message: string) =>
    say(JSON.stringify({ message, connectionId: connection.id, requestId }));

  if (!throttles.request(api, routeKey)) return sayFailure("Too Many Requests");
  if (route === undefined) return sayFailure("Forbidden");

  const event = messageEvent(
    connection,
    { routeKey: route.key, messageId: gatewayId(), body },
    { requestId, now: clock.now() },
  );
  const result = await callIntegration(surroundings, route.integration, event, {
    sourceArn: routeArn(api, route.key),
    cause,
  });
  switch (result.is) {
    case "answered":
      if (route.answers && result.response.body) await late(surroundings, result.response.body, say);
      return;
    case "failed":
      print(`route ${route.key}, request ${requestId}: ${result.reason}`);
      // The gateway's own word, and no answer of the function: it comes on one-way routes too (docs/decisions/0033).
      return sayFailure("Internal server error");
    case "timed-out":
      print(`route ${route.key}, request ${requestId}: the integration timed out; its function may go on`);
      return sayFailure("Endpoint request timed out");
    default:
      return result satisfies never;
  }
}

/** `$connect` and `$disconnect` are the gateway's own: no message selects them. */
function chosen(
  api: Api,
  body: string,
): { readonly route: Route | undefined; readonly word: string | undefined } {
  const key = select(api.selection, body);
  const word = key?.startsWith("$") === true ? undefined : key;
  const named = word === undefined ? undefined : api.routes.get(word);
  return { route: named ?? api.routes.get("$default"), word };
}

/** At once in fair weather. */
async function late(
  { clock, weather }: Surroundings,
  text: string,
  say: (text: string) => void,
): Promise<void> {
  const delayMs = weather.answerDelayMs();
  if (delayMs === undefined) return;
  if (delayMs > 0) await new Promise<void>((resolve) => clock.after(delayMs, resolve));
  say(text);
}

function answer({ connections, clock, print }: Surroundings, connection: Connection, text: string): void {
  const sent = connections.send(connection, Buffer.from(text), clock.now());
  if (sent === "too-large" || sent === "full") print(`an answer to ${connection.id} was dropped; ${sent}`);
}
