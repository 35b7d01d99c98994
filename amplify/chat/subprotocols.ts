// Browsers cannot set headers on a WebSocket, so the access token travels among the offered subprotocols:
//
//   Sec-WebSocket-Protocol: chat.v1, jwt.eyJraWQiOi…

import { SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX } from "../../core/protocol/version";

export type Headers = Readonly<Record<string, string | undefined>>;

/** API Gateway hands names on as the client wrote them. */
export function headerOf(headers: Headers, name: string): string | undefined {
  const key = Object.keys(headers).find((each) => each.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : headers[key];
}

export type Offer = {
  readonly token: string | undefined;
  /** Whether the client speaks our protocol. Naming one that was not offered makes a browser hang up. */
  readonly speaks: boolean;
};

export function offerOf(headers: Headers): Offer {
  const offered = (headerOf(headers, "Sec-WebSocket-Protocol") ?? "").split(",").map((each) => each.trim());
  const token = offered.find((each) => each.startsWith(TOKEN_SUBPROTOCOL_PREFIX));
  return { token: token?.slice(TOKEN_SUBPROTOCOL_PREFIX.length), speaks: offered.includes(SUBPROTOCOL) };
}
