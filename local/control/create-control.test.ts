import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CONTROL_HEADER, createControl, type Control, type Controlled } from "./create-control";

const said: string[] = [];
let server: Server;
let control: Control;

const controlled: Controlled = {
  state: () => ({ now: 1 }),
  turn: (byMs) => void said.push(`turn ${byMs}`),
  setWeather: (settings) => {
    if (JSON.stringify(settings).includes("hail")) throw new Error("unable to set the weather; no hail");
    return settings;
  },
  cut: (connectionId, code) => said.push(`cut ${connectionId} ${code}`),
  killEnvironments: async (name) => void said.push(`kill ${name}`),
  killEngine: () => void said.push("kill the engine"),
  killCloud: () => void said.push("kill the cloud"),
  meter: () => ({ frames: [] }),
  resetMeter: () => void said.push("reset"),
  iam: () => ({ roles: [] }),
  queues: () => [],
};

beforeEach(async () => {
  said.length = 0;
  control = createControl(controlled);
  server = createServer((request, response) => control.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

async function ask(asked: string, body?: unknown, token = control.token) {
  const [method = "GET", path = ""] = asked.split(" ");
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { [CONTROL_HEADER]: token },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

describe("the control surface", () => {
  it.each(["", "0".repeat(48), "é".repeat(48), "x"])(
    "refuses whoever has not this run's token: %s",
    async (token) => {
      expect(await ask("POST /control/clock", { turnMs: 1 }, token)).toMatchObject({
        status: 403,
        body: { message: expect.stringContaining("cloud.json has it") },
      });
      expect(said).toEqual([]);
    },
  );

  it("turns the clock forward, and never back", async () => {
    expect(await ask("POST /control/clock", { turnMs: 7_200_000 })).toEqual({
      status: 200,
      body: { now: 1 },
    });
    expect((await ask("POST /control/clock", { turnMs: -1 })).status).toBe(400);
    expect((await ask("POST /control/clock", { turnMs: 1e300 })).status).toBe(400);
    expect(said).toEqual(["turn 7200000"]);
  });

  it("cuts one connection or all, and kills what is named", async () => {
    await ask("POST /control/cut", { connectionId: "abc=", code: 1001 });
    await ask("POST /control/cut", {});
    await ask("POST /control/kill", { what: "environments", function: "Frames" });
    await ask("POST /control/kill", { what: "engine" });
    await ask("POST /control/meter/reset");
    expect(said).toEqual([
      "cut abc= 1001",
      "cut undefined undefined",
      "kill Frames",
      "kill the engine",
      "reset",
    ]);
  });

  it("says yes before the cloud is killed", async () => {
    expect(await ask("POST /control/kill", { what: "cloud" })).toEqual({ status: 200, body: {} });
    await vi.waitFor(() => expect(said).toEqual(["kill the cloud"]), 60_000);
  });

  it.each([999, 1_004, 1_005, 1_006, 1_015, 2_999, 5_000, 1_000.5])(
    "cuts with no code that a close frame may not carry: %d",
    async (code) => {
      const { status, body } = await ask("POST /control/cut", { code });
      expect(status).toBe(400);
      expect(body.message).toContain("code: no code that a close frame may carry");
      expect(said).toEqual([]);
    },
  );

  it.each(["/control", "/control/meter", "/control/iam", "/control/queues", "/control?x=1"])(
    "tells %s",
    async (path) => {
      expect((await ask(`GET ${path}`)).status).toBe(200);
    },
  );

  it.each([
    ["POST /control/weather", { hail: 1 }, 400, "no hail"],
    ["POST /control/cut", { connection: "abc" }, 400, "connection"],
    ["POST /control/kill", { what: "everything" }, 400, "what"],
    ["POST /control/clock", "{", 400, "no JSON"],
    ["POST /control/clock", " ".repeat(70_000), 400, "over"],
    ["POST /control/rain", {}, 404, "POST /control/weather"],
    ["DELETE /control", undefined, 404, "GET /control"],
    ["GET /control/__proto__", undefined, 404, "there is"],
  ])("says what is wrong with %s %j", async (asked, body, status, words) => {
    const answer = await ask(asked, body);
    expect(answer.status).toBe(status);
    expect(answer.body.message).toContain(words);
    expect(said).toEqual([]);
  });

  it("claims its own paths and no others", () => {
    const claims = (url: string) => control.claims({ url } as never);
    expect(["/control", "/control/", "/control/meter", "/control?x"].every(claims)).toBe(true);
    expect(["/", "/controls", "/chat/control", ""].some(claims)).toBe(false);
  });
});
