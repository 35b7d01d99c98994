// One request to an engine. Not by `fetch`: its reader is WebAssembly, which takes the compiler 32 MB once it runs often,
// and the streams are read many times a second.

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
