import { describe, expect } from "vitest";
import { fact } from "./fact";
import { newKey } from "./stage";

const UNKNOWN = "AAAAAAAAAAAAAAA=";

describe("POST @connections", () => {
  fact(12, "reaches an open connection with 200", async (stage) => {
    const line = await stage.enter();
    const id = await stage.connectionOf(line);
    expect(await stage.callBack("POST", id, { body: '{"told":1}' })).toMatchObject({ status: 200 });
    await line.hears(({ told }) => told === 1, "what was posted");
  });

  fact(12, "is 410 for a closed connection and for one that never was", async (stage) => {
    const line = await stage.enter();
    const id = await stage.connectionOf(line);
    line.socket.close(1000);
    await line.closed;
    for (const gone of [id, UNKNOWN]) {
      const answer = await stage.eventually("the connection's end", async () => {
        const posted = await stage.callBack("POST", gone, { body: "{}" });
        return posted["status"] === 200 ? undefined : posted;
      });
      expect(answer).toMatchObject({ status: 410, errorType: "GoneException" });
    }
  });

  fact(12, "is 400 for an id of impossible shape", async (stage) => {
    expect(await stage.callBack("POST", "not-an-id", { body: "{}" })).toMatchObject({ status: 400 });
  });

  fact(12, "is 403 without permission and without a signature", async (stage) => {
    const line = await stage.enter();
    const id = await stage.connectionOf(line);
    const stranger = await line.ask({ action: "stranger", method: "POST", id, body: "{}" });
    expect(stranger).toMatchObject({ status: 403 });
    expect(stranger["text"]).toContain("execute-api:ManageConnections");
    const unsigned = await stage.callBack("POST", id, { body: '{"unsigned":1}', unsigned: true });
    expect(unsigned).toMatchObject({ status: 403 });
    expect(line.heard.some((text) => text.includes("unsigned"))).toBe(false);
  });

  // How much it holds AWS does not say: 200 posts of 128 KB are more than any line holds for a client that does not read.
  fact(12, "is 429 when the client does not read and its buffer is full", async (stage) => {
    const line = await stage.enter();
    const id = await stage.connectionOf(line);
    line.socket.pause();
    const answer = await stage.callBack("POST", id, { bytes: 128 * 1024, times: 200 });
    expect(answer).toMatchObject({ status: 429, errorType: "LimitExceededException" });
  });

  // What it shows: nobody waits for the client. It is no proof that anything was lost.
  fact(12, "is 200 for a client that does not read yet", async (stage) => {
    const line = await stage.enter();
    const id = await stage.connectionOf(line);
    const heard = line.heard.length;
    line.socket.pause();
    expect(await stage.callBack("POST", id, { body: '{"waits":1}' })).toMatchObject({ status: 200 });
    expect(line.heard).toHaveLength(heard);
    line.socket.resume();
    await line.hears(({ waits }) => waits === 1, "what was posted meanwhile");
  });

  fact(
    12,
    "is 200 for a half-open socket too, and what was posted never arrives",
    async (stage) => {
      const line = await stage.enter();
      const id = await stage.connectionOf(line);
      const post = (body: object) => stage.callBack("POST", id, { body: JSON.stringify(body) });
      await stage.weather({ callbacks: { lost: 1 } });
      expect(await post({ swallowed: 1 })).toMatchObject({ status: 200 });
      await stage.fairWeather();
      expect(await post({ after: 1 })).toMatchObject({ status: 200 });
      // What is posted to one socket comes in order: the first would be there by now.
      await line.hears(({ after }) => after === 1, "what was posted after it");
      expect(line.heard.some((text) => text.includes("swallowed"))).toBe(false);
    },
    { notDeployed: "a line that breaks without a word is not to be had on request" },
  );
});

describe("DELETE and GET @connections", () => {
  fact(13, "DELETE closes with 1000, and the connection is gone", async (stage) => {
    const line = await stage.enter();
    const id = await stage.connectionOf(line);
    expect(await stage.callBack("DELETE", id)).toMatchObject({ status: 204 });
    expect(await line.closed).toMatchObject({ code: 1000 });
    expect(await stage.callBack("DELETE", id)).toMatchObject({ status: 410 });
  });

  fact(14, "GET tells when it connected and was last active", async (stage) => {
    const line = await stage.enter();
    const { connectionId, connectedAt } = await line.ask({ action: "whoami" });
    const look = async () => {
      const { status, text } = await stage.callBack("GET", String(connectionId));
      expect(status).toBe(200);
      // AWS writes the members with small or large first letters, by the SDK that is asked.
      const told = Object.entries<unknown>(JSON.parse(String(text)));
      const at = (name: string) =>
        Date.parse(String(told.find(([key]) => key.toLowerCase() === name)?.[1] ?? ""));
      return { connectedAt: at("connectedat"), lastActiveAt: at("lastactiveat") };
    };
    const before = await look();
    expect(Math.abs(before.connectedAt - Number(connectedAt))).toBeLessThan(2_000);
    await stage.pass(2_000);
    // One-way: nothing comes down that would be activity too.
    const note = newKey();
    line.say({ action: "quiet", note });
    await stage.noted(note);
    const after = await look();
    expect(after.connectedAt).toBe(before.connectedAt);
    expect(after.lastActiveAt - before.lastActiveAt).toBeGreaterThanOrEqual(1_000);
    expect(await stage.callBack("GET", UNKNOWN)).toMatchObject({ status: 410 });
  });

  fact(
    18,
    "the address without a stage path reaches the connection too",
    async (stage) => {
      const line = await stage.enter();
      const id = await stage.connectionOf(line);
      const answer = await stage.callBack("POST", id, { body: '{"bare":1}', stageless: true });
      expect(answer).toMatchObject({ status: 200 });
      await line.hears(({ bare }) => bare === 1, "what was posted");
    },
    { notDeployed: "it needs a custom domain, which the probe does not have" },
  );
});
