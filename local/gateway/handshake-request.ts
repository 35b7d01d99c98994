import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { IdentitySource } from "./api";
import type { Client } from "./event-source";

/** What a function is told of a handshake. Header names are in the case in which the client sent them. */
export type Handshake = {
  readonly client: Client;
  readonly headers: Readonly<Record<string, string>>;
  readonly multiValueHeaders: Readonly<Record<string, readonly string[]>>;
  readonly query: Readonly<Record<string, string>>;
  readonly multiValueQuery: Readonly<Record<string, readonly string[]>>;
};

export function readHandshake(request: IncomingMessage): Handshake {
  const sourceIp = (request.socket.remoteAddress ?? "127.0.0.1").replace(/^::ffff:/, "");
  const multiValueHeaders = grouped([
    ...pairsOf(request.rawHeaders),
    ["X-Amzn-Trace-Id", `Root=1-${randomBytes(4).toString("hex")}-${randomBytes(12).toString("hex")}`],
    ["X-Forwarded-For", sourceIp],
    ["X-Forwarded-Port", "443"],
    ["X-Forwarded-Proto", "https"],
  ]);
  const multiValueQuery = grouped([...new URL(request.url ?? "/", "http://localhost").searchParams]);
  return {
    client: { sourceIp, userAgent: request.headers["user-agent"], origin: request.headers.origin },
    headers: lastOfEach(multiValueHeaders),
    multiValueHeaders,
    query: lastOfEach(multiValueQuery),
    multiValueQuery,
  };
}

export function hasIdentity(handshake: Handshake, source: IdentitySource): boolean {
  switch (source.is) {
    case "header": {
      const name = source.name.toLowerCase();
      return Object.entries(handshake.headers).some(
        ([sent, value]) => sent.toLowerCase() === name && value !== "",
      );
    }
    case "query":
      return (handshake.query[source.name] ?? "") !== "";
    default:
      return source satisfies never;
  }
}

function pairsOf(rawHeaders: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    pairs.push([rawHeaders[at] ?? "", rawHeaders[at + 1] ?? ""]);
  return pairs;
}

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return Object.fromEntries(groups);
}

const lastOfEach = (groups: Readonly<Record<string, readonly string[]>>): Record<string, string> =>
  Object.fromEntries(Object.entries(groups).map(([name, values]) => [name, values.at(-1) ?? ""]));
