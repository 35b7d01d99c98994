import { describe, expect } from "vitest";
import { createThrottles } from "../../local/gateway/throttle";
import { turnableClock } from "../../local/turnable-clock";
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

  fact(
    15,
    "an account has 500 new connections a second, and 10,000 requests with 5,000 at once, callbacks included",
    () => {
      const clock = turnableClock();
      const { connection, callback } = createThrottles([], clock);
      const taken = (bucket: () => boolean) => {
        let count = 0;
        while (count < 100_000 && bucket()) count += 1;
        return count;
      };
      expect([taken(connection), taken(callback)]).toEqual([500, 5_000]);
      clock.turn(100);
      expect([taken(connection), taken(callback)]).toEqual([50, 1_000]);
    },
    { notDeployed: TOO_MUCH },
  );
});
