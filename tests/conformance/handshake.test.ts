import { describe, expect } from "vitest";
import { fact } from "./fact";
import { newKey } from "./stage";

describe("$connect", () => {
  fact(3, "an answer that is not 2xx refuses the handshake with that status", async (stage) => {
    for (const status of [400, 403]) {
      const refusal = await stage.refused({ pass: "allow", query: { status: String(status) } });
      expect(refusal.status).toBe(status);
    }
  });

  fact(3, "a function that fails refuses the handshake", async (stage) => {
    const { status } = await stage.refused({ pass: "allow", query: { throw: "yes" } });
    expect(status).toBeGreaterThanOrEqual(500);
  });

  fact(3, "a post to the connection before $connect has returned is 410, after it 200", async (stage) => {
    const run = newKey();
    const line = await stage.enter({ query: { run, post: "self" } });
    const early = await stage.noted(`${run}.posted`);
    expect(early["status"]).toBe(410);
    const late = await stage.callBack("POST", String(early["connectionId"]), { body: '{"late":true}' });
    expect(late["status"]).toBe(200);
    await line.hears((frame) => frame["late"] === true, "what was posted after the upgrade");
    expect(line.heard).not.toContain("too early");
  });
});

describe("the authorizer", () => {
  fact(4, "a missing identity source is 401, and nothing is called", async (stage) => {
    const run = newKey();
    expect((await stage.refused({ query: { run } })).status).toBe(401);
    await stage.enter({ query: { run } });
    expect(await stage.note(`${run}.authorized`)).toMatchObject({ times: 1 });
  });

  fact(4, "a policy that denies is 403, the error Unauthorized 401", async (stage) => {
    expect((await stage.refused({ pass: "deny" })).status).toBe(403);
    expect((await stage.refused({ pass: "unauthorized" })).status).toBe(401);
  });

  fact(4, "it is asked at every handshake: nothing is cached", async (stage) => {
    const run = newKey();
    for (let times = 1; times <= 3; times += 1) {
      await stage.enter({ query: { run } });
      expect(await stage.note(`${run}.authorized`)).toMatchObject({ times });
    }
  });

  fact(4, "an answer over 8 KB refuses the handshake", async (stage) => {
    const line = await stage.enter({ pass: "big.7000" });
    expect(await line.ask({ action: "echo", say: "in" })).toMatchObject({ said: "in" });
    expect((await stage.refused({ pass: "big.9000" })).status).toBeGreaterThanOrEqual(500);
  });

  fact(4, "its context is told to every later route and to $disconnect, as text", async (stage) => {
    const run = newKey();
    const line = await stage.enter({ query: { run } });
    for (const _time of [1, 2])
      expect((await line.ask({ action: "whoami" }))["authorizer"]).toMatchObject({
        run,
        principalId: "probe",
        colour: "red",
        number: "7",
        truth: "true",
      });
    line.socket.close(1000);
    expect(await stage.noted(`${run}.ended`)).toMatchObject({ colour: "red" });
    // Asked once, for all of it.
    expect(await stage.note(`${run}.authorized`)).toMatchObject({ times: 1 });
  });

  fact(4, "it finds a header in whatever case the client wrote it", async (stage) => {
    for (const name of ["x-pass", "X-PASS", "x-pAsS"]) {
      const line = await stage.enter({ pass: undefined, headers: { [name]: "allow" } });
      const { authorizer } = await line.ask({ action: "whoami" });
      expect(String(Reflect.get(Object(authorizer), "passName")).toLowerCase()).toBe("x-pass");
    }
  });
});

describe("the subprotocol", () => {
  const protocols = ["one.v1", "two.v1"];

  fact(5, "a client that is answered one of those it offered is in", async (stage) => {
    const line = await stage.enter({ protocols, query: { echo: "first" } });
    expect(line.socket.protocol).toBe("one.v1");
  });

  fact(5, "a client that is answered none, or one that it did not offer, aborts", async (stage) => {
    await expect(stage.enter({ protocols })).rejects.toThrow("no subprotocol");
    await expect(stage.enter({ protocols, query: { echo: "foreign" } })).rejects.toThrow("subprotocol");
  });
});
