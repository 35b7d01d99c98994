import { describe, expect, it } from "vitest";
import { CONNECTION_MS } from "../../core/domain/limits";
import { RandomIds } from "../../core/testing/random-ids";
import { handshake } from "./handshake";

const ids = new RandomIds(Math.random);
const caller = { user: ids.user(), connection: ids.connection() };

/** Remembers what was stored. */
function tableOf() {
  const rows: unknown[] = [];
  const connections = {
    connecting: async (...row: unknown[]) => void rows.push(row),
    ready: () => Promise.reject(new Error("nobody is ready before hello")),
    readyOf: async () => [],
    drop: async () => false,
  };
  return { rows, ports: { connections, clock: { now: () => 1_000 } } };
}

describe("the handshake", () => {
  it("stores the socket as connecting and names our protocol only", async () => {
    const { rows, ports } = tableOf();

    const answer = await handshake(ports, caller, { "sec-websocket-protocol": "chat.v1, jwt.a.b.c" });

    expect(answer).toEqual({ statusCode: 200, headers: { "Sec-WebSocket-Protocol": "chat.v1" } });
    expect(rows).toEqual([[caller.user, caller.connection, 1_000 + CONNECTION_MS]]);
  });

  it("refuses whoever does not speak our protocol, and stores nothing", async () => {
    const { rows, ports } = tableOf();

    expect(await handshake(ports, caller, { "Sec-WebSocket-Protocol": "jwt.a.b.c" })).toEqual({
      statusCode: 400,
    });
    expect(rows).toEqual([]);
  });
});
