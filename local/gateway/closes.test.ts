import { afterEach, describe, expect, it } from "vitest";
import { allow, eventually, type Codes, type Line, type Stand, stand } from "./gateway-fixture";

let chat: Stand;
afterEach(() => chat.close());

const CODES: Codes = {
  authorize: () => allow({ user: "ada" }),
  connect: () => ({ statusCode: 200, headers: { "Sec-WebSocket-Protocol": "chat.v1" } }),
  frames: ({ body }) => ({ statusCode: 200, body: String(String(body).length) }),
};
const KB = 1024;
const start = async (): Promise<Line> => {
  chat = await stand(CODES);
  return chat.connect();
};
const disconnected = async () => {
  await eventually(() => expect(chat.calls.at(-1)?.name).toBe("disconnect"));
  return chat.calls.at(-1)?.event;
};
const beat = async (line: Line) => {
  const before = line.heard.length;
  line.say('{"action":"ping"}');
  await eventually(() => expect(line.heard.length).toBe(before + 1));
};

describe("a connection", () => {
  it("is cut after ten minutes without a message, and not before", async () => {
    const line = await start();
    chat.clock.turn(10 * 60_000 - 1);
    expect(chat.gateway.connections()).toHaveLength(1);
    await beat(line);
    chat.clock.turn(10 * 60_000 - 1);
    expect(chat.gateway.connections()).toHaveLength(1);
    chat.clock.turn(1);
    expect(await line.closed).toEqual({ code: 1001, reason: "Going away" });
    expect((await disconnected())?.requestContext).toMatchObject({
      routeKey: "$disconnect",
      eventType: "DISCONNECT",
      disconnectStatusCode: 1001,
      disconnectReason: "Going away",
      authorizer: { user: "ada" },
    });
  });

  it("is kept by what is posted to it", async () => {
    await start();
    const id = chat.gateway.connections()[0]?.id ?? "";
    chat.clock.turn(9 * 60_000);
    await chat.callback("POST", id, "x");
    chat.clock.turn(9 * 60_000);
    expect(chat.gateway.connections()).toHaveLength(1);
  });

  it("is cut after two hours, however busy it is", async () => {
    const line = await start();
    for (let minute = 9; minute < 120; minute += 9) {
      chat.clock.turn(9 * 60_000);
      await beat(line);
    }
    chat.clock.turn(3 * 60_000);
    expect(await line.closed).toMatchObject({ code: 1001 });
  });

  it("takes 32 KB in a frame and 128 KB in a message of several", async () => {
    const line = await start();
    line.say("x".repeat(32 * KB));
    await eventually(() => expect(line.heard).toEqual([String(32 * KB)]));
    for (let part = 0; part < 4; part++) line.socket.send("y".repeat(32 * KB), { fin: part === 3 });
    await eventually(() => expect(line.heard[1]).toBe(String(128 * KB)));
  });

  it("is closed with 1009 by a frame over 32 KB, which reaches no function", async () => {
    const line = await start();
    line.say("x".repeat(32 * KB + 1));
    expect(await line.closed).toMatchObject({ code: 1009 });
    expect((await disconnected())?.requestContext).toMatchObject({ disconnectStatusCode: 1009 });
    expect(chat.calls.map((call) => call.name)).not.toContain("frames");
  });

  it("is closed with 1009 by a message over 128 KB in small frames", async () => {
    const line = await start();
    for (let part = 0; part < 5; part++) line.socket.send("y".repeat(32 * KB), { fin: part === 4 });
    expect(await line.closed).toMatchObject({ code: 1009 });
    expect((await disconnected())?.requestContext).toMatchObject({ disconnectStatusCode: 1009 });
    expect(chat.gateway.connections()).toEqual([]);
  });

  it("is closed with 1003 by a binary message", async () => {
    const line = await start();
    line.socket.send(Buffer.from([1, 2, 3]));
    expect(await line.closed).toMatchObject({ code: 1003 });
  });

  it("tells $disconnect what the client said when it left", async () => {
    const line = await start();
    const id = chat.gateway.connections()[0]?.id;
    line.socket.close(4001, "replaced");
    expect(await disconnected()).toMatchObject({
      headers: { Host: "api1.execute-api.us-east-1.amazonaws.com" },
      isBase64Encoded: false,
      requestContext: { connectionId: id, disconnectStatusCode: 4001, disconnectReason: "replaced" },
    });
    expect(chat.gateway.connections()).toEqual([]);
  });

  it("is 1005 when the client gave no reason, and 1006 when the line broke", async () => {
    const line = await start();
    line.socket.close();
    expect((await disconnected())?.requestContext).toMatchObject({
      disconnectStatusCode: 1005,
      disconnectReason: "Client-side close frame status not set",
    });
    chat.calls.length = 0;
    const other = await chat.connect();
    other.socket.terminate();
    expect((await disconnected())?.requestContext).toMatchObject({ disconnectStatusCode: 1006 });
  });

  it("can be cut from outside, as a lost line", async () => {
    const line = await start();
    expect(chat.gateway.cut(chat.gateway.connections()[0]?.id ?? "")).toBe(true);
    expect(await line.closed).toMatchObject({ code: 1006 });
    expect(chat.gateway.cut("unknown")).toBe(false);
  });
});
