import { describe, expect } from "vitest";
import { fact } from "./fact";
import { newKey } from "./stage";

describe("$disconnect", () => {
  fact(6, "it carries the code and the reason that the client gave", async (stage) => {
    const run = newKey();
    const line = await stage.enter({ query: { run } });
    line.socket.close(4321, "enough for today");
    expect(await stage.noted(`${run}.ended`)).toMatchObject({ code: 4321, reason: "enough for today" });
  });

  // Code and words: the example event of AWS's guide, and transcripts in public repositories.
  fact(6, "a close without a code is 1005", async (stage) => {
    const run = newKey();
    const line = await stage.enter({ query: { run } });
    line.socket.close();
    expect(await stage.noted(`${run}.ended`)).toMatchObject({
      code: 1005,
      reason: "Client-side close frame status not set",
    });
  });

  fact(6, "a line that breaks is 1006", async (stage) => {
    const run = newKey();
    const line = await stage.enter({ query: { run } });
    line.socket.terminate();
    expect(await stage.noted(`${run}.ended`)).toMatchObject({ code: 1006 });
  });

  fact(
    6,
    "it may come minutes late, or never",
    async (stage) => {
      const [late, never, soon] = [newKey(), newKey(), newKey()];
      const end = async (run: string) => {
        const line = await stage.enter({ query: { run } });
        const id = await stage.connectionOf(line);
        line.socket.close(1000);
        await stage.eventually("its end at the gateway", async () =>
          (await stage.control.connections()).includes(id) ? undefined : true,
        );
      };
      await stage.weather({ disconnect: { lost: 1 } });
      await end(never);
      // Of the longest delay a random share, drawn from the seed: with this seed 275 s, with seed 1 only 0.8 s.
      await stage.weather({ seed: 10, disconnect: { late: { p: 1, ms: 300_000 } } });
      await end(late);
      await stage.fairWeather();
      await end(soon);
      await stage.noted(`${soon}.ended`);
      expect(await stage.note(`${late}.ended`)).toBeUndefined();
      await stage.pass(301_000);
      await stage.noted(`${late}.ended`);
      expect(await stage.note(`${never}.ended`)).toBeUndefined();
    },
    { notDeployed: "AWS does not lose or delay it on request" },
  );
});
