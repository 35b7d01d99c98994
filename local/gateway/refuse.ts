import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

export type Refusal = {
  readonly status: number;
  /** What the client reads. */
  readonly message: string;
  /** What the developer reads. */
  readonly reason: string;
};

const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: "BadRequestException",
  401: "UnauthorizedException",
  403: "ForbiddenException",
  429: "TooManyRequestsException",
  500: "InternalServerErrorException",
  502: "InternalServerErrorException",
  504: "IntegrationFailureException",
};

/** Answers a handshake with an error, in plain HTTP, and hangs up. */
export function refuseHandshake(
  socket: Duplex,
  refusal: Refusal,
  ids: { readonly connectionId: string; readonly requestId: string },
): void {
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify({ message: refusal.message, ...ids });
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? "Error"}`,
    "Connection: close",
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    `x-amzn-RequestId: ${ids.requestId}`,
    ...(ERROR_TYPES[refusal.status] === undefined
      ? []
      : [`x-amzn-ErrorType: ${ERROR_TYPES[refusal.status]}`]),
  ];
  socket.once("finish", () => socket.destroy());
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
