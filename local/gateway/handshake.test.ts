import { once } from "node:events";
import { connect as connectSocket, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { changed } from "./api-fixture";
import { allow, eventually, type Codes, type Stand, stand } from "./gateway-fixture";

let chat: Stand;
afterEach(() => chat.close());

const CODES: Codes = {
  authorize: () => allow({ user: "ada", age: 36, admin: true }),
  connect: () => ({ statusCode: 200, headers: { "Sec-WebSocket-Protocol": "chat.v1" } }),
};
const start = async (
  codes: Codes,
  ...more: Parameters<typeof stand> extends [unknown, ...infer Rest] ? Rest : []
) => (chat = await stand({ ...CODES, ...codes }, ...more));
const calledNames = () => chat.calls.map((call) => call.name);

/** What no client of WebSockets would send, or do after it. */
function handshake(protocols: string): Socket {
  const { port, hostname } = new URL(chat.address);
  const raw = connectSocket(Number(port), hostname);
  const headers = [
    ...["Host: x", "Upgrade: websocket", "Connection: Upgrade"],
    ...["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="],
    `Sec-WebSocket-Protocol: ${protocols}`,
  ];
  raw.write(`GET /chat HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`);
  return raw;
}

describe("a handshake", () => {
  it("asks the authorizer, then $connect, and echoes the protocol that $connect names", async () => {
    await start({});
    const line = await chat.connect({ headers: { Origin: "http://ada.localhost", "X-CaSe": "kept" } });
    expect(line.socket.protocol).toBe("chat.v1");
    expect(chat.calls[0]).toMatchObject({
      name: "authorize",
      event: {
        type: "REQUEST",
        methodArn: "arn:aws:execute-api:us-east-1:000000000000:api1/chat/$connect",
        headers: {
          "Sec-WebSocket-Protocol": "chat.v1,jwt.token",
          Origin: "http://ada.localhost",
          "X-CaSe": "kept",
        },
        multiValueHeaders: { "X-CaSe": ["kept"] },
        queryStringParameters: {},
        stageVariables: {},
        requestContext: {
          routeKey: "$connect",
          eventType: "CONNECT",
          messageDirection: "IN",
          stage: "chat",
          apiId: "api1",
          domainName: "api1.execute-api.us-east-1.amazonaws.com",
          connectedAt: Date.UTC(2025, 0, 1),
          requestTime: "01/Jan/2025:00:00:00 +0000",
          identity: { sourceIp: "127.0.0.1" },
          connectionId: expect.stringMatching(/^[A-Za-z0-9_-]{15}=$/),
        },
      },
    });
    expect(chat.calls[1]).toMatchObject({
      name: "connect",
      event: {
        isBase64Encoded: false,
        requestContext: {
          authorizer: { principalId: "ada", user: "ada", age: "36", admin: "true", integrationLatency: 0 },
        },
      },
    });
    expect(chat.calls[1]?.event).not.toHaveProperty("queryStringParameters");
  });

  it("tells the query, once and by all its values", async () => {
    await start({});
    await chat.connect({ path: "/chat?tag=a&tag=b%20c" });
    expect(chat.calls[1]?.event).toMatchObject({
      queryStringParameters: { tag: "b c" },
      multiValueQueryStringParameters: { tag: ["a", "b c"] },
    });
  });

  it("is 401 without the identity source, and calls nothing", async () => {
    await start({});
    expect(await chat.refused({ protocols: [] })).toMatchObject({
      status: 401,
      body: { message: "Unauthorized" },
    });
    expect(calledNames()).toEqual([]);
  });

  it.each<[string, number, () => unknown]>([
    [
      "denies",
      403,
      () => ({
        principalId: "x",
        policyDocument: { Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] },
      }),
    ],
    [
      "says Unauthorized",
      401,
      () => {
        throw new Error("Unauthorized");
      },
    ],
    [
      "fails",
      500,
      () => {
        throw new Error("broken");
      },
    ],
    ["answers no policy", 500, () => ({ principalId: "x" })],
    ["answers no principal", 500, () => ({ ...Object(allow()), principalId: undefined })],
    ["answers a context that is not flat", 500, () => allow({ nested: { a: 1 } })],
    ["answers more than 8 KB", 500, () => allow({ long: "x".repeat(8_192) })],
  ])("is refused when the authorizer %s", async (_what, status, authorize) => {
    await start({ authorize });
    expect(await chat.refused()).toMatchObject({ status });
    expect(calledNames()).toEqual(["authorize"]);
  });

  it.each<[string, number, () => unknown]>([
    ["answers 403", 403, () => ({ statusCode: 403 })],
    ["answers 503", 503, () => ({ statusCode: 503 })],
    [
      "throws",
      502,
      () => {
        throw new Error("broken");
      },
    ],
    ["answers no status", 502, () => ({})],
    [
      "answers a protocol that would break the header",
      502,
      () => ({ statusCode: 200, headers: { "sec-websocket-protocol": "a\r\nb: c" } }),
    ],
  ])("is refused when $connect %s, and is not told to $disconnect", async (_what, status, connect) => {
    await start({ connect });
    expect(await chat.refused()).toMatchObject({ status, body: { connectionId: expect.any(String) } });
    expect(calledNames()).toEqual(["authorize", "connect"]);
  });

  it("is 504 when $connect takes longer than 29 s", async () => {
    await start({ connect: () => new Promise(() => {}) });
    const refused = chat.refused();
    await eventually(() => expect(calledNames()).toContain("connect"));
    chat.clock.turn(29_000);
    expect(await refused).toMatchObject({ status: 504 });
  });

  it("names no protocol when $connect names none", async () => {
    await start({ connect: () => ({ statusCode: 200 }) });
    // As a browser would, this client hangs up: it offered protocols, and none was taken.
    await expect(chat.connect()).rejects.toThrow("Server sent no subprotocol");
  });

  it("is 403 at a path that is no stage", async () => {
    await start({});
    expect(await chat.refused({ path: "/chat/more" })).toMatchObject({ status: 403 });
  });

  it("is 429 over the stage's rate", async () => {
    await start(
      {},
      changed("stage1", { DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 } }),
    );
    await chat.connect();
    expect(await chat.refused()).toMatchObject({ status: 429, body: { message: "Too Many Requests" } });
    chat.clock.turn(1_000);
    await chat.connect();
  });

  it("is 429 over the account's new connections, whatever room the stage has", async () => {
    const requests = { perSecond: 1_000, burst: 1_000 };
    await start({}, undefined, { limits: { requests, connections: { perSecond: 1, burst: 2 } } });
    await chat.connect();
    await chat.connect();
    chat.calls.length = 0;
    expect(await chat.refused()).toMatchObject({ status: 429, body: { message: "Too Many Requests" } });
    expect(calledNames()).toEqual([]);
    chat.clock.turn(1_000);
    await chat.connect();
  });

  it("is 410 for posts until $connect has returned, and open for them after", async () => {
    const statuses: number[] = [];
    await start({
      connect: async ({ requestContext }) => {
        statuses.push((await chat.callback("POST", String(requestContext["connectionId"]), "early")).status);
        return CODES["connect"]?.({ requestContext });
      },
    });
    const line = await chat.connect();
    const [connection] = chat.gateway.connections();
    statuses.push((await chat.callback("POST", connection?.id ?? "", "now")).status);
    await eventually(() => expect(line.heard).toEqual(["now"]));
    expect(statuses).toEqual([410, 200]);
  });

  it.each<[string, (raw: Socket) => unknown]>([
    ["has hung up", (raw) => raw.destroy()],
    ["has broken off", (raw) => raw.resetAndDestroy()],
  ])("is told to $disconnect when the client %s before it was done", async (_what, leave) => {
    let finish: (() => void) | undefined;
    await start({
      connect: () => new Promise((done) => (finish = () => done({ statusCode: 200 }))),
    });
    const raw = handshake("chat.v1");
    await eventually(() => expect(finish).toBeDefined());
    leave(raw);
    // By the time this is answered the other line's end has been read.
    await fetch(`${chat.address}/chat`);
    finish?.();
    await eventually(() => expect(calledNames()).toEqual(["authorize", "connect", "disconnect"]));
    expect(chat.calls[2]?.event.requestContext).toMatchObject({ disconnectStatusCode: 1006 });
    expect(chat.gateway.connections()).toEqual([]);
  });

  it.each(["chat.v1, chat.v1", "chat.v1,", ",", "chat.v1, jwt/x", "chat v1"])(
    "is 400 where the protocols are %j, and calls nothing",
    async (protocols) => {
      await start({});
      const [head] = (await once(handshake(protocols), "data")) as [Buffer];
      expect(String(head)).toMatch(/^HTTP\/1\.1 400 /);
      expect(calledNames()).toEqual([]);
    },
  );

  it("is told what to use instead when it is no WebSocket", async () => {
    await start({});
    const response = await fetch(`${chat.address}/chat`);
    expect(response.status).toBe(426);
    expect(await response.text()).toContain("WebSocket");
  });
});
