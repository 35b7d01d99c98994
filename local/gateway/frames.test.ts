import { afterEach, describe, expect, it, vi } from "vitest";
import { createWeather } from "../weather/weather";
import { changed } from "./api-fixture";
import { allow, eventually, type Codes, type Stand, stand } from "./gateway-fixture";

let chat: Stand;
afterEach(() => chat.close());

const CODES: Codes = {
  authorize: () => allow({ user: "ada" }),
  connect: () => ({ statusCode: 200, headers: { "sec-websocket-protocol": "chat.v1" } }),
  frames: ({ body }) => ({ statusCode: 200, body: `got ${String(body)}` }),
};
const start = async (
  codes: Codes = {},
  ...more: Parameters<typeof stand> extends [unknown, ...infer Rest] ? Rest : []
) => {
  chat = await stand({ ...CODES, ...codes }, ...more);
  const line = await chat.connect();
  chat.calls.length = 0;
  return line;
};
const calledNames = () => chat.calls.map((call) => call.name);
const failure = (message: string) => ({
  message,
  connectionId: chat.gateway.connections()[0]?.id,
  requestId: expect.stringMatching(/^.{15}=$/),
});

describe("a message", () => {
  it("goes to the route that its field names, with all that a function is told", async () => {
    const line = await start();
    line.say('{"action":"quiet","text":"ä"}');
    await eventually(() => expect(chat.calls).toHaveLength(1));
    expect(chat.calls[0]).toEqual({
      name: "quiet",
      event: {
        requestContext: {
          routeKey: "quiet",
          messageId: expect.stringMatching(/^.{15}=$/),
          eventType: "MESSAGE",
          extendedRequestId: expect.any(String),
          requestTime: "01/Jan/2025:00:00:00 +0000",
          messageDirection: "IN",
          stage: "chat",
          connectedAt: Date.UTC(2025, 0, 1),
          requestTimeEpoch: Date.UTC(2025, 0, 1),
          identity: { sourceIp: "127.0.0.1" },
          requestId: expect.any(String),
          domainName: "api1.execute-api.us-east-1.amazonaws.com",
          connectionId: chat.gateway.connections()[0]?.id,
          apiId: "api1",
          authorizer: { principalId: "ada", user: "ada", integrationLatency: 0 },
        },
        body: '{"action":"quiet","text":"ä"}',
        isBase64Encoded: false,
      },
    });
  });

  it("goes to $default when no route is named so, or when it is no JSON", async () => {
    const line = await start();
    const bodies = [
      "no json",
      "[1]",
      '{"action":"Quiet"}',
      '{"action":"$connect"}',
      '{"action":"$disconnect"}',
      "",
    ];
    bodies.forEach(line.say);
    await eventually(() => expect(line.heard).toHaveLength(bodies.length));
    expect(new Set(calledNames())).toEqual(new Set(["frames"]));
    expect(line.heard).toContain("got no json");
  });

  it("is Forbidden where there is no $default", async () => {
    const line = await start({}, (resources) => resources.filter((each) => each.id !== "framesRoute"));
    line.say("no json");
    await eventually(() => expect(line.heard).toHaveLength(1));
    expect(JSON.parse(line.heard[0] ?? "")).toEqual(failure("Forbidden"));
  });

  it("is answered with the function's body, whatever its status", async () => {
    const line = await start({ frames: () => ({ statusCode: 500, body: "sorry" }) });
    line.say("x");
    await eventually(() => expect(line.heard).toEqual(["sorry"]));
  });

  it.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw new Error("secret");
      },
    ],
    ["answers no status", () => ({ body: "x" })],
    ["answers a body that is no text", () => ({ statusCode: 200, body: { a: 1 } })],
  ])("is an internal error when the function %s, and says nothing of why", async (_what, frames) => {
    const line = await start({ frames });
    line.say("x");
    await eventually(() => expect(line.heard).toHaveLength(1));
    expect(JSON.parse(line.heard[0] ?? "")).toEqual(failure("Internal server error"));
    expect(chat.printed.join()).toContain("$default");
  });

  it("hears nothing of what a one-way route answers, whatever its status", async () => {
    const quiet = vi.fn<() => unknown>();
    quiet
      .mockReturnValueOnce({ statusCode: 200, body: "unheard" })
      .mockReturnValueOnce({ statusCode: 500, body: "unheard" });
    const line = await start({ quiet });
    line.say('{"action":"quiet"}');
    line.say('{"action":"quiet"}');
    await eventually(() => expect(quiet).toHaveBeenCalledTimes(2));
    line.say('{"action":"ping"}');
    await eventually(() => expect(line.heard).toEqual(['{"type":"pong"}']));
  });

  it("is told by the gateway when the function of a one-way route fails", async () => {
    const line = await start({
      quiet: () => {
        throw new Error("unheard");
      },
    });
    line.say('{"action":"quiet"}');
    await eventually(() => expect(line.heard).toHaveLength(1));
    expect(JSON.parse(line.heard[0] ?? "")).toEqual(failure("Internal server error"));
  });

  it("is answered by a mock integration without a function", async () => {
    const line = await start();
    line.say('{"action":"ping"}');
    await eventually(() => expect(line.heard).toEqual(['{"type":"pong"}']));
    expect(chat.calls).toEqual([]);
  });

  it("does not wait for the one before it: a slow one is overtaken", async () => {
    let finish: (() => void) | undefined;
    const line = await start({
      frames: ({ body }) =>
        body === "slow"
          ? new Promise((done) => (finish = () => done({ statusCode: 200, body: "slow" })))
          : { statusCode: 200, body: "fast" },
    });
    line.say("slow");
    line.say("fast");
    await eventually(() => expect(line.heard).toEqual(["fast"]));
    finish?.();
    await eventually(() => expect(line.heard).toEqual(["fast", "slow"]));
  });

  it("times out after 29 s while the function goes on", async () => {
    let finish: (() => void) | undefined;
    const committed = vi.fn();
    const line = await start({
      frames: () => new Promise<void>((done) => (finish = done)).then(committed),
    });
    line.say("x");
    await eventually(() => expect(finish).toBeDefined());
    chat.clock.turn(29_000);
    await eventually(() => expect(line.heard).toHaveLength(1));
    expect(JSON.parse(line.heard[0] ?? "")).toEqual(failure("Endpoint request timed out"));
    finish?.();
    await eventually(() => expect(committed).toHaveBeenCalled());
  });

  it("is Too Many Requests over the stage's rate, and the socket stays up", async () => {
    const throttle = { DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 3 } };
    const line = await start({}, changed("stage1", throttle));
    for (let n = 0; n < 5; n++) line.say('{"action":"ping"}');
    await eventually(() => expect(line.heard).toHaveLength(5));
    // One token of the three went to the handshake.
    expect(line.heard.filter((text) => text.includes("pong"))).toHaveLength(2);
    const refused = line.heard.filter((text) => text.includes("message"));
    expect(JSON.parse(refused[0] ?? "")).toEqual(failure("Too Many Requests"));
    chat.clock.turn(1_000);
    line.say('{"action":"ping"}');
    await eventually(() => expect(line.heard[5]).toContain("pong"));
  });

  it("has a route's own rate in place of the stage's", async () => {
    const throttle = { RouteSettings: { ping: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 } } };
    const line = await start({}, changed("stage1", throttle));
    for (let n = 0; n < 2; n++) line.say('{"action":"ping"}');
    line.say("x");
    await eventually(() => expect(line.heard).toHaveLength(3));
    expect(line.heard.filter((text) => text.includes("Too Many"))).toHaveLength(1);
  });
});

describe("an answer in foul weather", () => {
  it("is lost, although its function ran", async () => {
    const weather = createWeather();
    const line = await start({}, undefined, { weather });
    weather.set({ answers: { lost: 1 } });
    line.say("lost");
    await eventually(() => expect(calledNames()).toEqual(["frames"]));
    weather.set({});
    line.say("after");
    await eventually(() => expect(line.heard).toContain("got after"));
    expect(line.heard).toEqual(["got after"]);
  });

  it("is late, and overtaken by the answer to the next one", async () => {
    const weather = createWeather();
    const line = await start({}, undefined, { weather });
    weather.set({ answers: { late: { p: 1, ms: 60_000 } } });
    line.say("late");
    await eventually(() => expect(calledNames()).toEqual(["frames"]));
    weather.set({});
    line.say("after");
    await eventually(() => expect(line.heard).toEqual(["got after"]));
    chat.clock.turn(60_000);
    await eventually(() => expect(line.heard).toEqual(["got after", "got late"]));
  });
});
