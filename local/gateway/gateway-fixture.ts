// The gateway on a free port, with plain code for its functions and clients to talk through.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { vi } from "vitest";
import WebSocket, { type ClientOptions } from "ws";
import type { Functions, Invocation, Resource } from "../resources";
import { type TurnableClock, turnableClock } from "../turnable-clock";
import { chatApi } from "./api-fixture";
import { createGateway, type Gateway, type GatewayOptions } from "./gateway";

type Event = Readonly<Record<string, unknown>> & {
  readonly requestContext: Readonly<Record<string, unknown>>;
};
export type Code = (event: Event) => unknown;
export type Codes = Readonly<Record<string, Code>>;

export type Stand = {
  readonly gateway: Gateway;
  readonly clock: TurnableClock;
  readonly calls: { readonly name: string; readonly event: Event }[];
  readonly printed: string[];
  readonly address: string;
  connect(options?: ConnectOptions): Promise<Line>;
  /** The status and body of a handshake that is refused. */
  refused(options?: ConnectOptions): Promise<{ status: number; body: Record<string, unknown> }>;
  callback(method: string, id: string, body?: string | Buffer): Promise<Response>;
  close(): Promise<void>;
};

type ConnectOptions = { readonly protocols?: readonly string[]; readonly path?: string } & ClientOptions;

/** One end of a socket, with what it heard. */
export type Line = {
  readonly socket: WebSocket;
  readonly heard: string[];
  /** Settles with the close that this end saw. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  say(text: string): void;
};

const SIGNED = {
  Authorization:
    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20250101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=00",
};

export const allow = (context: Record<string, unknown> = {}): unknown => ({
  principalId: "ada",
  policyDocument: {
    Version: "2012-10-17",
    Statement: [
      { Action: "execute-api:Invoke", Effect: "Allow", Resource: "arn:aws:execute-api:*:*:api1/chat/*" },
    ],
  },
  context,
});

/** What crosses a real socket takes a moment, on a busy machine a longer one. */
export const eventually = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 60_000, interval: 10 });

/** Listens until `close`. `change` may alter the template's resources before they are read. */
export async function stand(
  codes: Codes,
  change: (resources: Resource[]) => Resource[] = (resources) => resources,
  more: Partial<GatewayOptions> = {},
): Promise<Stand> {
  const clock = turnableClock();
  const calls: { name: string; event: Event }[] = [];
  const printed: string[] = [];
  const functions: Functions = {
    invoke: async (arn, event): Promise<Invocation> => {
      const name = /function:(\w+)/.exec(arn)?.[1] ?? "";
      // As JSON, as the real functions get it.
      const copy: Event = JSON.parse(JSON.stringify(event));
      calls.push({ name, event: copy });
      try {
        return { is: "returned", payload: await codes[name]?.(copy) };
      } catch (error) {
        const { name: errorType, message: errorMessage } = error instanceof Error ? error : new Error("odd");
        return { is: "failed", errorType, errorMessage };
      }
    },
  };
  const gateway = createGateway({
    resources: change(chatApi()),
    nameOf: ({ id }) => id,
    functions,
    clock,
    print: (line) => printed.push(line),
    ...more,
  });
  const server = createServer((request, response) => gateway.handle(request, response));
  server.on("upgrade", (request, socket, head) => gateway.upgrade(request, socket, head));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  const open = ({ protocols, path, ...options }: ConnectOptions) =>
    new WebSocket(
      `ws://127.0.0.1:${port}${path ?? "/chat"}`,
      [...(protocols ?? ["chat.v1", "jwt.token"])],
      options,
    );

  return {
    gateway,
    clock,
    calls,
    printed,
    address,
    connect: (options = {}) =>
      new Promise((resolve, reject) => {
        const socket = open(options);
        const heard: string[] = [];
        const closed = new Promise<{ code: number; reason: string }>((done) =>
          socket.on("close", (code, reason) => done({ code, reason: reason.toString() })),
        );
        socket.on("message", (body) => heard.push(String(body)));
        socket.once("open", () => resolve({ socket, heard, closed, say: (text) => socket.send(text) }));
        socket.on("error", reject);
      }),
    refused: (options = {}) =>
      new Promise((resolve, reject) => {
        const socket = open(options);
        socket.on("error", () => {});
        socket.once("open", () => reject(new Error("the handshake was accepted")));
        socket.once("unexpected-response", (request, response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
          response.on("end", () => {
            request.destroy();
            resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) });
          });
        });
      }),
    callback: (method, id, body) =>
      fetch(`${address}/chat/@connections/${encodeURIComponent(id)}`, {
        method,
        headers: SIGNED,
        ...(body !== undefined && { body: typeof body === "string" ? body : new Uint8Array(body) }),
      }),
    close: async () => {
      await gateway.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
