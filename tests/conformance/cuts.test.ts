import { describe, expect } from "vitest";
import { fact } from "./fact";
import { newKey } from "./stage";

const MINUTE_MS = 60_000;

describe("cuts", () => {
  // The code: AWS does not document it; wscat prints "Disconnected (code: 1001, reason: "Going away")" for an idle
  // connection in several public transcripts.
  fact(
    1,
    "an idle connection is closed after ten minutes, with 1001",
    async (stage) => {
      const run = newKey();
      const line = await stage.enter({ query: { run } });
      await stage.pass(9 * MINUTE_MS + 30_000);
      expect(line.socket.readyState).toBe(line.socket.OPEN);
      await stage.pass(MINUTE_MS);
      expect(await line.closed).toMatchObject({ code: 1001 });
      expect(await stage.noted(`${run}.ended`)).toMatchObject({ code: 1001 });
    },
    { lasts: "11 minutes" },
  );

  fact(
    1,
    "a message in either direction is activity, a ping of the protocol is not",
    async (stage) => {
      const [idle, busy, told, pinging] = await Promise.all([1, 2, 3, 4].map(() => stage.enter()));
      if (!idle || !busy || !told || !pinging) throw new Error("unable to test; a line is missing");
      const id = await stage.connectionOf(told);
      await stage.pass(9 * MINUTE_MS);
      busy.say({ action: "ping" });
      await busy.hears((frame) => frame["pong"] === true, "the pong");
      expect(await stage.callBack("POST", id, { body: "still there?" })).toMatchObject({ status: 200 });
      await new Promise<void>((resolve) => {
        pinging.socket.once("pong", () => resolve());
        pinging.socket.ping();
      });
      await stage.pass(2 * MINUTE_MS);
      expect(await idle.closed).toMatchObject({ code: 1001 });
      expect(await pinging.closed).toMatchObject({ code: 1001 });
      expect(await busy.ask({ action: "echo", say: 1 })).toMatchObject({ said: 1 });
      expect(await told.ask({ action: "echo", say: 2 })).toMatchObject({ said: 2 });
    },
    { lasts: "12 minutes" },
  );

  fact(
    1,
    "every connection is closed after two hours, however busy it is",
    async (stage) => {
      const line = await stage.enter();
      for (let minutes = 0; minutes < 117; minutes += 9) {
        await stage.pass(9 * MINUTE_MS);
        const heard = line.heard.length;
        line.say({ action: "ping" });
        await stage.eventually("the pong", () => Promise.resolve(line.heard[heard]));
      }
      await stage.pass(3 * MINUTE_MS);
      expect(await line.closed).toMatchObject({ code: 1001 });
    },
    { lasts: "2 hours" },
  );
});
