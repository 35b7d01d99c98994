import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CallbackRequest } from "./callbacks";
import { allow, eventually, type Line, type Stand, stand } from "./gateway-fixture";

let chat: Stand;
let line: Line;
let id: string;
let permitted: boolean;
const asked: CallbackRequest[] = [];

beforeEach(async () => {
  permitted = true;
  asked.length = 0;
  const codes = {
    authorize: () => allow(),
    connect: () => ({ statusCode: 200, headers: { "Sec-WebSocket-Protocol": "chat.v1" } }),
  };
  chat = await stand(codes, undefined, {
    authorize: (request) => {
      asked.push(request);
      return permitted ? { is: "allowed" } : { is: "denied", message: "not authorized" };
    },
  });
  line = await chat.connect({ headers: { "User-Agent": "test" } });
  id = chat.gateway.connections()[0]?.id ?? "";
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
