// What the buttons of the demo's page ask for: a cut line, a restored one, and a new beginning.
//
//   POST /demo/line   {"seat": "ada", "cut": true}
//   POST /demo/anew
//
// Each is for the page itself: another site's page could send such a request, but not from this origin.

import type { IncomingMessage, ServerResponse } from "node:http";
import * as v from "valibot";
import { readBody } from "../control/read-body";
import { addressOf, isThisMachine } from "../pages/hosts";
import type { Surface } from "../resources";
import type { Lines } from "./lines";

type OrdersOptions = {
  readonly lines: Pick<Lines, "cut" | "restore">;
  /** Resolves when the new conversation is there. */
  readonly beginAnew: () => Promise<void>;
};

const line = v.strictObject({ seat: v.picklist(["ada", "grace"]), cut: v.boolean() });

export function createDemoOrders({ lines, beginAnew }: OrdersOptions): Surface {
  const orders: ReadonlyMap<string, (body: unknown) => Promise<void> | void> = new Map([
    [
      "/demo/line",
      (body: unknown) => {
        const { seat, cut } = v.parse(line, body);
        if (cut) lines.cut(seat);
        else lines.restore(seat);
      },
    ],
    ["/demo/anew", beginAnew],
  ]);
  const orderOf = (request: IncomingMessage) =>
    request.method === "POST" ? orders.get(addressOf(request).pathname) : undefined;

  return {
    claims: (request) => isThisMachine(request) && orderOf(request) !== undefined,
    handle: (request, response) => {
      if (!isOfOwnPage(request)) return answer(response, 403, "Only the demo’s own page may ask for this.");
      readBody(request)
        .then((body) => orderOf(request)?.(body))
        .then(
          () => answer(response, 200, "done"),
          (error: unknown) => answer(response, error instanceof v.ValiError ? 400 : 500, wordsOf(error)),
        );
    },
  };
}

const isOfOwnPage = ({ headers: { origin, host } }: IncomingMessage): boolean =>
  host !== undefined && origin === `http://${host}`;

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(text);
}
