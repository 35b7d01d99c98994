// One request to an engine. Not by `fetch`: that is a client of its own, 9 MB beside the one that is there anyway, and with
// the streams read twenty times a second it was 2 % of the cloud's thread.

import { request } from "node:http";

export type Answer = { readonly status: number; readonly body: string };

export function post(
  address: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  timeoutMs: number,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      address,
      { method: "POST", headers, signal: AbortSignal.timeout(timeoutMs) },
      (incoming) => {
        const pieces: Buffer[] = [];
        incoming.on("data", (piece: Buffer) => pieces.push(piece));
        incoming.on("error", reject);
        incoming.on("end", () =>
          resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(pieces).toString("utf8") }),
        );
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
