import { describe, expect } from "vitest";
import { changed } from "../../local/gateway/api-fixture";
import {
  allow,
  type Codes,
  eventually,
  type Line as GatewayLine,
  type Stand,
  stand,
} from "../../local/gateway/gateway-fixture";
import { fact } from "./fact";
import type { Line } from "./line";

const TOO_MUCH = "the account's other APIs share that bucket, and would be throttled with it";

describe("throttles", () => {
  const say = (lines: readonly Line[], times: number) =>
    lines.forEach((line) => Array.from({ length: times }, () => line.say({ action: "rare" })));
  const heard = (lines: readonly Line[]) => lines.flatMap((line) => line.heard);

  fact(15, "over a route's throttle a frame is answered with Too Many Requests", async (stage) => {
    const lines = [await stage.enterBare(), await stage.enterBare()];
    say(lines, 10);
    await stage.eventually("twenty answers", () => Promise.resolve(heard(lines).length === 20 || undefined));
    const refused = heard(lines).filter((text) => text.includes("Too Many Requests"));
    // Three at once and one a second: a busy machine or a distant stage lets a few more through.
    expect(refused.length).toBeGreaterThan(5);
    expect(JSON.parse(refused[0] ?? "")).toEqual({
      message: "Too Many Requests",
      connectionId: expect.stringMatching(/=$/),
      requestId: expect.any(String),
    });
  });

  fact(15, "the bucket is over all clients, fills with time, and is the route's own", async (stage) => {
    await stage.pass(5_000);
    const [greedy, other] = [await stage.enterBare(), await stage.enterBare()];
    say([greedy], 12);
    await stage.eventually("its answers", () => Promise.resolve(greedy.heard.length === 12 || undefined));
    say([other], 1);
    expect(await other.hears(() => true, "an answer")).toMatchObject({ message: "Too Many Requests" });
    other.say({ action: "hit" });
    await other.hears(({ hit }) => hit === true, "an answer of another route");
    await stage.pass(5_000);
    say([other], 1);
    await other.hears(({ rare }) => rare === true, "an answer once the bucket has filled");
  });
});

// A gateway of its own on a clock that stands: the flood is over when it is over, and meets no other test.
describe("the account's limits", () => {
  const NO_STAGE_THROTTLE = changed("stage1", { DefaultRouteSettings: undefined });
  const CODES: Codes = {
    authorize: () => allow(),
    connect: () => ({ statusCode: 200, headers: { "Sec-WebSocket-Protocol": "chat.v1" } }),
  };
  const alone = async (test: (gateway: Stand) => Promise<void>): Promise<void> => {
    const gateway = await stand(CODES, NO_STAGE_THROTTLE);
    await test(gateway).finally(() => gateway.close());
  };
  /** A few at a time, and gone again: what counts is that they were new. */
  const connectFifty = async (gateway: Stand) => {
    const lines = await Promise.all(Array.from({ length: 50 }, () => gateway.connect()));
    for (const { socket } of lines) socket.terminate();
  };
  /** How many of so many frames were answered by their route. */
  const answered = async (line: GatewayLine, times: number): Promise<number> => {
    const before = line.heard.length;
    for (let time = 0; time < times; time += 1) line.say('{"action":"ping"}');
    await eventually(() => expect(line.heard).toHaveLength(before + times));
    return line.heard.slice(before).filter((text) => text.includes("pong")).length;
  };
  /** A client, and an account that has this many requests left. */
  const withLeft = async (gateway: Stand, left: number) => {
    const line = await gateway.connect();
    const taken = 5_000 - 1 - left;
    expect(await answered(line, taken)).toBe(taken);
    return { line, id: gateway.gateway.connections()[0]?.id ?? "" };
  };

  fact(
    15,
    "500 new connections a second, the next handshake is 429",
    () =>
      alone(async (gateway) => {
        for (let fifties = 0; fifties < 10; fifties += 1) await connectFifty(gateway);
        expect(await gateway.refused()).toMatchObject({ status: 429 });
        gateway.clock.turn(100);
        await connectFifty(gateway);
        expect(await gateway.refused()).toMatchObject({ status: 429 });
      }),
    { notDeployed: TOO_MUCH },
  );

  fact(
    15,
    "10,000 requests a second and 5,000 at once, for frames and callbacks together",
    () =>
      alone(async (gateway) => {
        const { line, id } = await withLeft(gateway, 4);
        for (const _post of [1, 2]) expect((await gateway.callback("GET", id)).status).toBe(200);
        expect(await answered(line, 5)).toBe(2);
        gateway.clock.turn(100);
        expect(await answered(line, 1_100)).toBe(1_000);
      }),
    { notDeployed: TOO_MUCH },
  );

  fact(
    12,
    "POST is 429 over the rate",
    () =>
      alone(async (gateway) => {
        const { id } = await withLeft(gateway, 1);
        expect((await gateway.callback("POST", id, "{}")).status).toBe(200);
        const refused = await gateway.callback("POST", id, "{}");
        expect(refused.status).toBe(429);
        expect(refused.headers.get("x-amzn-errortype")).toBe("LimitExceededException");
      }),
    { notDeployed: TOO_MUCH },
  );
});
