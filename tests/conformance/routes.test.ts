import { describe, expect } from "vitest";
import { fact } from "./fact";
import { newKey } from "./stage";

describe("which route a frame takes", () => {
  fact(7, "the key is an exact match, and everything else goes to $default", async (stage) => {
    const line = await stage.enter();
    expect(await line.ask({ action: "echo", say: "hi" })).toMatchObject({ said: "hi" });
    for (const action of ["Echo", "echo ", "ech", 7, true, null, { echo: true }])
      expect(await line.ask({ action, say: "hi" })).toMatchObject({ route: "$default" });
  });

  fact(7, "what is no JSON or has no key goes to $default, as it was sent", async (stage) => {
    const line = await stage.enter();
    for (const text of ["hello?", "", "[1,2]", '"echo"', '{"route":"echo"}', '{"action":"echo"'])
      line.say(text);
    await stage.eventually("six answers", () => Promise.resolve(line.heard[5]));
    const bodies = line.heard.map((text): unknown => Reflect.get(Object(JSON.parse(text)), "body"));
    expect(new Set(bodies)).toEqual(
      new Set(["hello?", "", "[1,2]", '"echo"', '{"route":"echo"}', '{"action":"echo"']),
    );
  });

  fact(7, "no frame reaches $connect or $disconnect by their names", async (stage) => {
    const line = await stage.enter();
    for (const action of ["$connect", "$disconnect", "$default"])
      expect(await line.ask({ action })).toMatchObject({ route: "$default" });
  });

  // The frame: github.com/aws-samples/simple-websockets-chat-app/issues/24
  fact(7, "without $default the client gets a Forbidden frame", async (stage) => {
    const line = await stage.enterBare();
    line.say({ action: "nothing of the kind" });
    expect(await line.hears(({ message }) => message === "Forbidden", "Forbidden")).toEqual({
      message: "Forbidden",
      connectionId: expect.stringMatching(/=$/),
      requestId: expect.any(String),
    });
    line.say({ action: "hit" });
    await line.hears(({ hit }) => hit === true, "an answer after it");
  });
});

describe("what a route answers", () => {
  fact(8, "on a one-way route neither body nor status reaches the client", async (stage) => {
    const line = await stage.enter();
    const note = newKey();
    for (const status of [200, 400, 500]) line.say({ action: "quiet", note, status });
    await stage.eventually("three runs", async () => (await stage.note(note))?.["times"] === 3 || undefined);
    await line.ask({ action: "echo" });
    expect(line.heard).toHaveLength(1);
  });

  // A function that throws, times out or answers no proxy response is a failure of the integration, and that is told
  // by the gateway itself. The suite of serverless-offline, made to run against AWS too, expects it of a route without
  // a response (`makeError`); so do mangum's issue 128 and aws-cdk's issue 18208.
  for (const action of ["throw", "throw-quiet"])
    fact(8, `a function that fails is told by the gateway (${action})`, async (stage) => {
      const line = await stage.enter();
      line.say({ action, note: newKey() });
      expect(await line.hears(({ message }) => message !== undefined, "the failure")).toEqual({
        message: "Internal server error",
        connectionId: await stage.connectionOf(line),
        requestId: expect.any(String),
      });
    });

  fact(16, "a mock integration answers without a function", async (stage) => {
    const line = await stage.enter();
    line.say({ action: "ping", anything: "else" });
    expect(await line.hears(({ pong }) => pong === true, "the pong")).toEqual({ pong: true });
  });
});
