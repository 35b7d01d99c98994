import { createServer, type IncomingMessage, type Server } from "node:http";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { NoAnswer } from "./aws-error";
import { signedHttp, type SignedRequest } from "./signed-http";

type Heard = { readonly request: IncomingMessage; readonly body: string };

const identity = {
  region: "us-east-1",
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  sessionToken: "session",
};

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listen(answer: (heard: Heard) => number | "silence" | "hang up") {
  const heard: Heard[] = [];
  const sockets = new Set<unknown>();
  server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const body = Buffer.concat(pieces).toString("utf8");
    heard.push({ request, body });
    sockets.add(request.socket);
    const status = answer({ request, body });
    if (status === "silence") return;
    if (status === "hang up") return request.socket.destroy();
    response.writeHead(status).end("answered");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { endpoint: `http://127.0.0.1:${port}`, heard, sockets };
}

const post = (endpoint: string, rest: Partial<SignedRequest> = {}): SignedRequest => ({
  endpoint,
  service: "execute-api",
  path: "/@connections/abc%3D",
  headers: { "Content-Type": "application/json" },
  body: "¡hola!",
  timeoutMs: 5_000,
  ...rest,
});

describe("a signed request", () => {
  it("arrives whole, signed for its service, with the session's token and the address as its host", async () => {
    const { endpoint, heard } = await listen(() => 200);

    const answer = await signedHttp(identity)(post(endpoint));

    expect(answer).toEqual({ status: 200, body: "answered" });
    const { request, body } = heard[0]!;
    expect(body).toBe("¡hola!");
    expect(request.method).toBe("POST");
    expect(request.url).toBe("/@connections/abc%3D");
    expect(request.headers.host).toBe(new URL(endpoint).host);
    expect(request.headers["x-amz-security-token"]).toBe("session");
    expect(request.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/execute-api\/aws4_request, SignedHeaders=\S+, Signature=[0-9a-f]{64}$/,
    );
  });

  it("goes behind the path of its endpoint", async () => {
    const { endpoint, heard } = await listen(() => 200);

    await signedHttp(identity)(post(`${endpoint}/chat/`));

    expect(heard[0]!.request.url).toBe("/chat/@connections/abc%3D");
  });

  it("answers with whatever status came", async () => {
    const { endpoint } = await listen(() => 410);

    expect(await signedHttp(identity)(post(endpoint))).toMatchObject({ status: 410 });
  });

  it("keeps its connection for the next one", async () => {
    const { endpoint, sockets } = await listen(() => 200);
    const send = signedHttp(identity);

    await send(post(endpoint));
    await send(post(endpoint));

    expect(sockets.size).toBe(1);
  });

  it("says that nobody answered: silence, a broken line, nobody there", async () => {
    const silent = await listen(() => "silence");
    const send = signedHttp(identity);
    await expect(send(post(silent.endpoint, { timeoutMs: 50 }))).rejects.toBeInstanceOf(NoAnswer);
    server?.closeAllConnections();
    server?.close();

    const rude = await listen(() => "hang up");
    await expect(send(post(rude.endpoint))).rejects.toBeInstanceOf(NoAnswer);
    server?.close();

    await expect(send(post(rude.endpoint))).rejects.toBeInstanceOf(NoAnswer);
  });
});
