// One signed request over a connection that is kept. AWS's SDK does the same for three times the processor time
// and 344 KB more: docs/decisions/0008-thin-signed-client.md.

import { Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { NoAnswer } from "./aws-error";
import type { Identity } from "./identity";
import { signer } from "./signature";

export type SignedRequest = {
  /** With a path, if the service stands behind one. */
  readonly endpoint: string;
  readonly service: "dynamodb" | "execute-api";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
};

export type HttpAnswer = { readonly status: number; readonly body: string };

/** Rejects with NoAnswer only; every status is an answer. */
export type SendSigned = (request: SignedRequest) => Promise<HttpAnswer>;

/** More requests at once than a function that handles one frame at a time ever makes. */
const SOCKETS = 50;

export function signedHttp(identity: Identity): SendSigned {
  const sign = signer(identity);
  const agents = {
    "http:": new HttpAgent({ keepAlive: true, maxSockets: SOCKETS }),
    "https:": new HttpsAgent({ keepAlive: true, maxSockets: SOCKETS }),
  };

  return (asked) =>
    new Promise((resolve, reject) => {
      const url = new URL(asked.endpoint);
      const secure = url.protocol === "https:";
      const path = url.pathname.replace(/\/$/, "") + asked.path;
      const { service, body } = asked;
      const headers = sign({ service, host: url.host, path, headers: asked.headers, body }, new Date());
      const fail = (cause: unknown) => {
        clearTimeout(deadline);
        reject(new NoAnswer("no answer from AWS", { cause }));
      };
      const outgoing = (secure ? httpsRequest : httpRequest)(
        {
          method: "POST",
          hostname: url.hostname,
          port: url.port,
          path,
          headers,
          agent: secure ? agents["https:"] : agents["http:"],
        },
        (incoming) => {
          const pieces: Buffer[] = [];
          incoming.on("data", (piece: Buffer) => pieces.push(piece));
          incoming.on("error", fail);
          incoming.on("end", () => {
            clearTimeout(deadline);
            resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(pieces).toString("utf8") });
          });
        },
      );
      // Of the whole exchange: a socket that went stale while the function was frozen is silent for ever. A timer of
      // our own, because an AbortSignal costs each of the half a dozen calls of a message 45 microseconds more.
      const deadline = setTimeout(() => outgoing.destroy(new Error("timed out")), asked.timeoutMs);
      outgoing.on("error", fail);
      outgoing.end(body);
    });
}
