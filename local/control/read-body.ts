import type { IncomingMessage } from "node:http";

const MOST_BYTES = 64 * 1024;

/** The JSON of a request; an empty body is `{}`. Rejects with a sentence. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request) {
    if (!Buffer.isBuffer(piece)) continue;
    bytes += piece.length;
    if (bytes > MOST_BYTES) throw new Error(`unable to read the request; it is over ${MOST_BYTES} bytes`);
    pieces.push(piece);
  }
  const text = Buffer.concat(pieces).toString("utf8");
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw new Error("unable to read the request; it is no JSON");
  }
}
