import { randomUUID } from "node:crypto";
import type { Answer } from "./answers";

/** As it stands on the wire. */
export const written = (
  { status, body }: Answer,
  requestId: string = randomUUID(),
  more: Readonly<Record<string, string>> = {},
): string =>
  `HTTP/1.1 ${status} ${status === 200 ? "OK" : "Error"}\r\nContent-Type: application/x-amz-json-1.0\r\nx-amzn-RequestId: ${requestId}\r\n${Object.entries(
    more,
  )
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
