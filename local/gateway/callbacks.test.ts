import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createWeather, type Weather } from "../weather/weather";
import type { CallbackRequest } from "./callbacks";
import type { GatewayOptions } from "./gateway";
import { allow, eventually, type Line, type Stand, stand } from "./gateway-fixture";

let chat: Stand;
let line: Line;
let id: string;
let permitted: boolean;
let weather: Weather;
const asked: CallbackRequest[] = [];

/** One client is there. */
async function open(more: Partial<GatewayOptions> = {}): Promise<void> {
  const codes = {
    authorize: () => allow(),
    connect: () => ({ statusCode: 200, headers: { "Sec-WebSocket-Protocol": "chat.v1" } }),
  };
  chat = await stand(codes, undefined, {
    authorize: (request) => {
      asked.push(request);
      return permitted ? { is: "allowed" } : { is: "denied", message: "not authorized" };
    },
    weather,
    ...more,
  });
  line = await chat.connect({ headers: { "User-Agent": "test" } });
  id = chat.gateway.connections()[0]?.id ?? "";
}

beforeEach(async () => {
  permitted = true;
  weather = createWeather();
  asked.length = 0;
  await open();
});
afterEach(() => chat.close());

const UNKNOWN = "AAAAAAAAAAAAAAA=";
const KB = 1024;
const told = async (response: Response) => ({
  status: response.status,
  type: response.headers.get("x-amzn-errortype"),
  message: (await response.json()).message,
});

describe("@connections", () => {
  it("posts text to a client", async () => {
    const response = await chat.callback("POST", id, "grüße");
    expect([response.status, await response.text()]).toEqual([200, ""]);
    await eventually(() => expect(line.heard).toEqual(["grüße"]));
  });

  it("posts up to 128 KB, in frames of 32 KB, and answers 413 over it", async () => {
    expect((await chat.callback("POST", id, "x".repeat(128 * KB))).status).toBe(200);
    await eventually(() => expect(line.heard[0]).toHaveLength(128 * KB));
    expect(await told(await chat.callback("POST", id, "x".repeat(128 * KB + 1)))).toMatchObject({
      status: 413,
      type: "PayloadTooLargeException",
    });
  });

  it("is 410 for an id that is unknown or closed, with every method", async () => {
    for (const method of ["POST", "GET", "DELETE"])
      expect(
        await told(await chat.callback(method, UNKNOWN, method === "POST" ? "x" : undefined)),
      ).toMatchObject({
        status: 410,
        type: "GoneException",
      });
    line.socket.close();
    await eventually(async () => expect((await chat.callback("POST", id, "x")).status).toBe(410));
  });

  it("is 400 for an id of impossible shape", async () => {
    expect(await told(await chat.callback("POST", "not-an-id", "x"))).toEqual({
      status: 400,
      type: "BadRequestException",
      message: "Invalid connectionId: not-an-id",
    });
    const half = await fetch(`${chat.address}/chat/@connections/%E0%A4%A`, {
      headers: { Authorization: "AWS4-HMAC-SHA256 Credential=A/1/r/s/aws4_request" },
    });
    expect(half.status).toBe(400);
  });

  it("is 403 without a signature", async () => {
    const response = await fetch(`${chat.address}/chat/@connections/${encodeURIComponent(id)}`);
    expect(await told(response)).toMatchObject({ status: 403, message: "Missing Authentication Token" });
  });

  it("asks whether the role that signed may, and is 403 when it may not", async () => {
    permitted = false;
    expect(await told(await chat.callback("POST", id, "x"))).toEqual({
      status: 403,
      type: "AccessDeniedException",
      message: "not authorized",
    });
    expect(asked).toEqual([
      {
        accessKeyId: "AKIDEXAMPLE",
        action: "execute-api:ManageConnections",
        resource: `arn:aws:execute-api:us-east-1:000000000000:api1/chat/POST/@connections/${id}`,
      },
    ]);
    expect(line.heard).toEqual([]);
  });

  it("tells when a client connected and was last active", async () => {
    chat.clock.turn(5_000);
    await chat.callback("POST", id, "x");
    chat.clock.turn(5_000);
    const response = await chat.callback("GET", id);
    expect(await response.json()).toEqual({
      connectedAt: "2025-01-01T00:00:00.000Z",
      lastActiveAt: "2025-01-01T00:00:05.000Z",
      identity: { sourceIp: "127.0.0.1", userAgent: "test" },
    });
  });

  it("deletes with close code 1000; what is posted right after is 410", async () => {
    expect((await chat.callback("DELETE", id)).status).toBe(204);
    expect((await chat.callback("POST", id, "x")).status).toBe(410);
    expect(await line.closed).toMatchObject({ code: 1000 });
    await eventually(() => expect(chat.calls.at(-1)?.name).toBe("disconnect"));
  });

  it("is 429 for a client that does not read, and 200 until then", async () => {
    line.socket.pause();
    const statuses = new Set<number>();
    for (let n = 0; n < 400 && !statuses.has(429); n++)
      statuses.add((await chat.callback("POST", id, "x".repeat(100 * KB))).status);
    expect(statuses).toEqual(new Set([200, 429]));
  });

  it("answers without the stage in the path too, as behind a domain of one's own", async () => {
    const response = await fetch(`${chat.address}/@connections/${encodeURIComponent(id)}`, {
      headers: { Authorization: "AWS4-HMAC-SHA256 Credential=A/1/r/s/aws4_request" },
    });
    expect(response.status).toBe(200);
  });
});

describe("the account's rate", () => {
  const connections = { perSecond: 10, burst: 10 };
  /** The handshake has taken one of them. */
  const openWith = async (burst: number) => {
    await chat.close();
    await open({ limits: { connections, requests: { perSecond: 1, burst } } });
  };

  it("is 429 for a callback over it, with every method, until it has filled", async () => {
    await openWith(3);
    const statuses = async () => [
      (await chat.callback("POST", id, "x")).status,
      (await chat.callback("GET", id)).status,
    ];
    expect(await statuses()).toEqual([200, 200]);
    expect(await statuses()).toEqual([429, 429]);
    expect(await told(await chat.callback("DELETE", id))).toEqual({
      status: 429,
      type: "LimitExceededException",
      message: "Too Many Requests",
    });
    chat.clock.turn(2_000);
    expect(await statuses()).toEqual([200, 200]);
  });

  it("is taken by frames from callbacks", async () => {
    await openWith(3);
    for (const _frame of [1, 2]) line.say('{"action":"ping"}');
    await eventually(() => expect(line.heard).toEqual(['{"type":"pong"}', '{"type":"pong"}']));
    expect((await chat.callback("POST", id, "x")).status).toBe(429);
  });

  it("is taken by callbacks from frames", async () => {
    await openWith(3);
    for (const _post of [1, 2]) expect((await chat.callback("GET", id)).status).toBe(200);
    line.say('{"action":"ping"}');
    await eventually(() => expect(line.heard).toHaveLength(1));
    expect(line.heard[0]).toContain("Too Many Requests");
  });
});

describe("a post in foul weather", () => {
  it("is 410, or 429, and reaches nobody", async () => {
    weather.set({ callbacks: { gone: 1 } });
    expect((await chat.callback("POST", id, "gone")).status).toBe(410);
    weather.set({ callbacks: { tooMany: 1 } });
    expect((await chat.callback("POST", id, "too many")).status).toBe(429);
    weather.set({});
    await chat.callback("POST", id, "after");
    await eventually(() => expect(line.heard).toEqual(["after"]));
  });

  it("is 200 and lost, and the line stays up", async () => {
    weather.set({ callbacks: { lost: 1 } });
    expect((await chat.callback("POST", id, "lost")).status).toBe(200);
    weather.set({});
    await chat.callback("POST", id, "after");
    // What is posted to a socket comes in order: the first would have come first.
    await eventually(() => expect(line.heard).toEqual(["after"]));
  });

  it("is late, in what it does and in what it answers", async () => {
    weather.set({ callbacks: { late: { p: 1, ms: 60_000 } } });
    const answered = vi.fn();
    const posting = chat.callback("POST", id, "late").then(answered);
    await eventually(() => expect(asked).toHaveLength(1));
    weather.set({});
    await chat.callback("POST", id, "overtakes");
    await eventually(() => expect(line.heard).toEqual(["overtakes"]));
    expect(answered).not.toHaveBeenCalled();
    chat.clock.turn(60_000);
    await posting;
    await eventually(() => expect(line.heard).toEqual(["overtakes", "late"]));
  });
});
