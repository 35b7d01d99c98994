import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Clock } from "../clock";
import type { Invocation, Resource } from "../resources";
import { turnableClock } from "../turnable-clock";
import { wallClock } from "../wall-clock";
import { createFunctions, type FunctionsOptions, type LocalFunctions } from "./functions";
import { unwatched } from "./watch";

const ARN = "arn:aws:lambda:us-east-1:000000000000:function:chat-Echo";

let directory: string;
let functions: LocalFunctions | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "functions-"));
});
afterEach(async () => {
  await functions?.stop();
  functions = undefined;
  rmSync(directory, { recursive: true, force: true });
});

const echo = (properties: Record<string, unknown> = {}): Resource => ({
  id: "chat1A2B/EchoFunction3C4D5E6F",
  type: "AWS::Lambda::Function",
  properties: {
    Handler: "index.handler",
    Runtime: "nodejs22.x",
    Role: "arn:aws:iam::000000000000:role/EchoRole",
    Environment: { Variables: { TABLE: "log-1" } },
    Timeout: 5,
    ...properties,
  },
});

function run(
  code: string,
  more: Partial<FunctionsOptions> & {
    properties?: Record<string, unknown>;
    file?: string;
    clock?: Clock;
  } = {},
): LocalFunctions {
  const { properties, file, ...options } = more;
  writeFileSync(join(directory, file ?? "index.js"), code);
  functions = createFunctions({
    resources: [echo(properties)],
    assetDirectory: () => directory,
    nameOf: () => "chat-Echo",
    region: "us-east-1",
    clock: wallClock,
    endpoints: {
      dynamodb: "http://localhost:8000",
      apiGatewayManagement: "http://localhost:3001",
      cognitoIdp: "http://localhost:3001",
    },
    logsDir: join(directory, "logs"),
    ...options,
  });
  return functions;
}

async function invoke(event: unknown): Promise<Invocation> {
  if (functions === undefined) throw new Error("run a function first");
  return functions.invoke(ARN, event);
}

/** A cold start on a busy machine takes its time. */
const eventually = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 60_000, interval: 10 });

const logged = () => readFileSync(join(directory, "logs", "Echo.log"), "utf8");

describe("a function", () => {
  it("answers an event, by its ARN or by an invocation URI", async () => {
    run("exports.handler = async (event) => ({ got: event });");
    expect(await invoke({ a: 1 })).toEqual({ is: "returned", payload: { got: { a: 1 } } });
    const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${ARN}/invocations`;
    expect(await functions?.invoke(uri, [])).toEqual({ is: "returned", payload: { got: [] } });
    await expect(functions?.invoke(ARN.replace("Echo", "Ghost"), {})).rejects.toThrow("unable to invoke");
  });

  it("does not run one with a callback where Node 24's runtime would not", async () => {
    run(`exports.handler = (event, context, callback) => callback(undefined, "done");`, {
      properties: { Runtime: "nodejs24.x" },
    });
    expect(await invoke({})).toMatchObject({
      is: "failed",
      errorType: "Runtime.CallbackHandlerDeprecated",
      errorMessage: expect.stringContaining("make it async"),
    });
  });

  it("runs a bundle that is an ES module, and one with a callback", async () => {
    run("export const handler = async () => import.meta.url.slice(-9);", { file: "index.mjs" });
    expect(await invoke({})).toEqual({ is: "returned", payload: "index.mjs" });
    await functions?.stop();
    rmSync(join(directory, "index.mjs"));
    run("exports.handler = (event, context, done) => setTimeout(() => done(null, 'called back'), 5);");
    expect(await invoke({})).toEqual({ is: "returned", payload: "called back" });
  });

  it("sees the template's variables and Lambda's own, and nothing of this process", async () => {
    vi.stubEnv("SECRET_OF_THE_HOST", "x");
    run("exports.handler = async () => process.env;", { properties: { MemorySize: 256 } });
    const answer = await invoke({});
    vi.unstubAllEnvs();
    const payload = answer.is === "returned" ? answer.payload : {};
    expect(payload).toMatchObject({
      TABLE: "log-1",
      AWS_REGION: "us-east-1",
      AWS_LAMBDA_FUNCTION_NAME: "chat-Echo",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
      AWS_ENDPOINT_URL_DYNAMODB: "http://localhost:8000",
      AWS_ACCESS_KEY_ID: functions?.keys()[0]?.accessKeyId,
    });
    expect(payload).not.toHaveProperty("SECRET_OF_THE_HOST");
    expect(payload).not.toHaveProperty("HOME");
  });

  it("gets a context", async () => {
    run(
      "exports.handler = async (event, c) => ({ ...c, left: c.getRemainingTimeInMillis(), id: c.awsRequestId });",
    );
    expect(await invoke({})).toMatchObject({
      payload: {
        functionName: "chat-Echo",
        invokedFunctionArn: ARN,
        memoryLimitInMB: "128",
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        left: expect.toSatisfy((left: number) => left > 4_000 && left <= 5_000),
      },
    });
  });

  it("fails with what it threw, and serves the next event in the same environment", async () => {
    run(`
      let count = 0;
      exports.handler = async (event) => {
        count += 1;
        if (event.fail) throw new TypeError("no such thing");
        return count;
      };`);
    expect(await invoke({ fail: true })).toEqual({
      is: "failed",
      errorType: "TypeError",
      errorMessage: "no such thing",
    });
    expect(await invoke({})).toEqual({ is: "returned", payload: 2 });
  });

  it("says why it cannot be loaded", async () => {
    run("exports.other = 1;");
    expect(await invoke({})).toMatchObject({ errorType: "Runtime.HandlerNotFound" });
    await functions?.stop();
    run("require('left-pad');");
    expect(await invoke({})).toMatchObject({ errorType: "Runtime.ImportModuleError" });
    await functions?.stop();
    run("exports.handler = (");
    expect(await invoke({})).toMatchObject({ errorType: "Runtime.UserCodeSyntaxError" });
  });

  it("fails when it is not loaded in ten seconds", async () => {
    const clock = turnableClock();
    run(`require("node:fs").writeFileSync(__dirname + "/loading", ""); for (;;);`, { clock });
    const answer = invoke({});
    await eventually(() => expect(existsSync(join(directory, "loading"))).toBe(true));
    clock.turn(10_000);
    expect(await answer).toMatchObject({ is: "failed", errorType: "Sandbox.Timedout" });
  });

  it("cannot use a package of the repository that its bundle lacks", async () => {
    run("const ws = require('ws'); exports.handler = async () => typeof ws;");
    expect(await invoke({})).toMatchObject({ errorType: "Runtime.ImportModuleError" });
  });

  it("answers null when nothing is left that could settle its promise", async () => {
    run("exports.handler = () => new Promise(() => {});");
    expect(await invoke({})).toEqual({ is: "returned", payload: null });
    expect(await invoke({})).toEqual({ is: "returned", payload: null });
  });

  it("loses its environment to a rejection that nobody handles", async () => {
    run(`
      let count = 0;
      exports.handler = async (event) => {
        count += 1;
        if (event.fail) Promise.reject(new Error("lost")), await new Promise((done) => setTimeout(done, 1000));
        return count;
      };`);
    expect(await invoke({})).toMatchObject({ payload: 1 });
    expect(await invoke({ fail: true })).toMatchObject({
      errorType: "Runtime.UnhandledPromiseRejection",
      errorMessage: "lost",
    });
    expect(await invoke({})).toMatchObject({ payload: 1 });
  });

  it("is ended when it takes more memory than the template gives it", async () => {
    // V8 collects for seconds before it gives up; the time-out is not to come first.
    run("exports.handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill({})); };", {
      properties: { Timeout: 50 },
    });
    expect(await invoke({})).toMatchObject({ errorType: "Runtime.OutOfMemory" });
  }, 60_000);
});

describe("an environment", () => {
  const SLOW = `
    const born = process.hrtime.bigint().toString();
    exports.handler = async (event) => { await new Promise((done) => setTimeout(done, event.ms ?? 0)); return born; };`;

  it("is kept for the next event, and joined by another while it is busy", async () => {
    const open = join(directory, "open");
    run(`
      const { existsSync } = require("node:fs");
      const born = process.hrtime.bigint().toString();
      exports.handler = async (event) => {
        while (event.until && !existsSync(event.until)) await new Promise((done) => setTimeout(done, 5));
        return born;
      };`);
    const first = await invoke({});
    expect(await invoke({})).toEqual(first);
    const both = Promise.all([invoke({ until: open }), invoke({ until: open })]);
    await eventually(() => expect(logged().match(/^START/gm)).toHaveLength(4));
    writeFileSync(open, "");
    const [one, other] = await both;
    expect(one).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it("is shared by events that it can run one after the other in a moment", async () => {
    run("let runs = 0; exports.handler = async () => (runs += 1);");
    await invoke({});
    const answers = await Promise.all(Array.from({ length: 5 }, () => invoke({})));
    expect(answers.map((answer) => answer.is === "returned" && answer.payload)).toEqual([2, 3, 4, 5, 6]);
  });

  it("is frozen on return: what was not awaited runs with the next event or never", async () => {
    run(`
      let late = 0;
      exports.handler = async (event) => {
        setTimeout(() => (late += 1), 1);
        if (event.stay) await new Promise((done) => setTimeout(done, 20));
        return late;
      };`);
    expect(await invoke({})).toMatchObject({ payload: 0 });
    await new Promise((done) => setTimeout(done, 50));
    // Awake for an instant: the timer of the first event is long due, and still has not run.
    expect(await invoke({})).toMatchObject({ payload: 0 });
    expect(await invoke({ stay: true })).toMatchObject({ payload: 3 });
  });

  it("is ended at the time-out, and the caller is told", async () => {
    const clock = turnableClock();
    run(SLOW, { clock, properties: { Timeout: 2 } });
    const first = await invoke({});
    const slow = invoke({ ms: 60_000 });
    await eventually(() => expect(logged().match(/^START/gm)).toHaveLength(2));
    clock.turn(1_999);
    clock.turn(1);
    expect(await slow).toEqual({ is: "timed-out" });
    expect(await invoke({})).not.toEqual(first);
  });

  it("is retired when it was idle for long, and gets no event while it ends", async () => {
    const clock = turnableClock();
    run(SLOW, { clock });
    const first = await invoke({});
    clock.turn(9 * 60_000);
    expect(await invoke({})).toEqual(first);
    clock.turn(10 * 60_000);
    const next = await invoke({});
    expect(next).toMatchObject({ is: "returned" });
    expect(next).not.toEqual(first);
  });

  it("is lost with its event when it is killed", async () => {
    run(SLOW);
    await invoke({});
    const lost = invoke({ ms: 60_000 });
    await eventually(() => expect(logged().match(/^START/gm)).toHaveLength(2));
    await functions?.killEnvironments();
    expect(await lost).toMatchObject({ is: "failed", errorType: "Runtime.ExitError" });
    expect(await invoke({})).toMatchObject({ is: "returned" });
  });

  it("runs on while the clock is turned, where its time-outs go by another", async () => {
    const clock = turnableClock();
    run(SLOW, { clock, pace: wallClock, properties: { Timeout: 2 } });
    const starting = invoke({});
    clock.turn(60_000);
    expect(await starting).toMatchObject({ is: "returned" });
    const running = invoke({ ms: 100 });
    await eventually(() => expect(logged().match(/^START/gm)).toHaveLength(2));
    clock.turn(9_000);
    expect(await running).toMatchObject({ is: "returned" });
  });

  it("is given no event any more once it is being killed", async () => {
    run(SLOW);
    await invoke({});
    const killed = functions?.killEnvironments();
    expect(await invoke({})).toMatchObject({ is: "returned" });
    await killed;
  });

  it("is replaced for what waits when it is killed before it was ready", async () => {
    run(
      `require("node:fs").writeFileSync(__dirname + "/loading", "");
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);${SLOW}`,
    );
    const waits = invoke({});
    await eventually(() => expect(existsSync(join(directory, "loading"))).toBe(true));
    await functions?.killEnvironments();
    expect(await waits).toMatchObject({ is: "returned" });
  });

  it("fails an event that was still on the way to it when it was killed", async () => {
    let delayMs = 0;
    run(SLOW, { watch: { ...unwatched, delayMs: () => delayMs } });
    await invoke({});
    delayMs = 200;
    const onTheWay = invoke({});
    await functions?.killEnvironments();
    expect(await onTheWay).toMatchObject({ is: "failed", errorType: "Runtime.ExitError" });
  });

  it("bounds how many events run at once: the rest wait, all are answered", async () => {
    run(
      `const { threadId } = require("node:worker_threads");
       exports.handler = async () => { await new Promise((done) => setTimeout(done, 20)); return threadId; };`,
    );
    const answers = await Promise.all(Array.from({ length: 60 }, () => invoke({})));
    const threads = new Set(answers.map((answer) => (answer.is === "returned" ? answer.payload : answer.is)));
    expect(threads.size).toBeLessThanOrEqual(20);
    expect([...threads].every((thread) => typeof thread === "number")).toBe(true);
  });

  it("is refused beyond the template's reserved concurrency", async () => {
    run(SLOW, { properties: { ReservedConcurrentExecutions: 1 } });
    const [first, second] = [invoke({ ms: 20 }), invoke({})];
    expect(await second).toMatchObject({ is: "failed", errorType: "TooManyRequestsException" });
    expect(await first).toMatchObject({ is: "returned" });
  });
});

describe("a reload", () => {
  const SLOW = (word: string) => `let count = 0; exports.handler = async (event) => {
    await new Promise((done) => setTimeout(done, event.ms)); return "${word} " + ++count; };`;

  it("takes the new bundle for new events and lets the running one finish", async () => {
    run(SLOW("old"));
    await invoke({ ms: 0 });
    const running = invoke({ ms: 200 });
    const next = join(directory, "next");
    mkdirSync(next);
    writeFileSync(join(next, "index.js"), SLOW("new"));
    functions?.reload({ resources: [echo()], nameOf: () => "chat-Echo", assetDirectory: () => next });
    expect(await invoke({ ms: 0 })).toMatchObject({ payload: "new 1" });
    expect(await running).toMatchObject({ payload: "old 2" });
  });

  it("keeps the environments of a function that did not change", async () => {
    run(SLOW("same"));
    await invoke({ ms: 0 });
    functions?.reload({ resources: [echo()], nameOf: () => "chat-Echo", assetDirectory: () => directory });
    expect(await invoke({ ms: 0 })).toMatchObject({ payload: "same 2" });
  });

  it("drops a function that the template no longer has", async () => {
    run(SLOW("gone"));
    await invoke({ ms: 0 });
    functions?.reload({ resources: [], nameOf: () => "", assetDirectory: () => directory });
    await expect(invoke({ ms: 0 })).rejects.toThrow("the template has no function of that name");
  });
});

describe("a function's log", () => {
  it("frames each event and holds what was printed, with Lambda's prefix", async () => {
    const printed: string[] = [];
    run(`exports.handler = async () => { console.log("to %s", "you"); process.stdout.write("raw\\n"); };`, {
      print: (line) => printed.push(line),
    });
    await invoke({});
    await invoke({});
    await functions?.stop();
    const lines = logged().trimEnd().split("\n");
    expect(lines[0]).toMatch(/^INIT_START Runtime Version: nodejs:22\.v/);
    expect(lines[1]).toMatch(/^START RequestId: [0-9a-f-]{36} Version: \$LATEST$/);
    expect(lines[2]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z\t[0-9a-f-]{36}\tINFO\tto you$/);
    expect(lines[3]).toBe("raw");
    expect(lines[4]).toMatch(/^END RequestId: /);
    expect(lines[5]).toMatch(/^REPORT RequestId: .*\tMax Memory Used: [1-9]\d* MB\tInit Duration: [\d.]+ ms/);
    expect(lines[6]).toMatch(/^START/);
    expect(lines[10]).not.toContain("Init Duration");
    expect(printed[0]).toMatch(/^\[Echo\] INIT_START/);
  });

  it("counts as many bytes as stand in the file: each line with its line feed", async () => {
    let counted = 0;
    const logs = (_: unknown, bytes: number) => (counted += bytes) > 0;
    run('exports.handler = async () => console.log("a café, in more bytes than letters");', {
      watch: { ...unwatched, logs },
    });
    await invoke({});
    await invoke({});
    await functions?.stop();
    expect(counted).toBe(Buffer.byteLength(logged()));
  });

  it("tells the memory of an environment that holds much", async () => {
    run("const held = []; exports.handler = async () => void held.push(Buffer.alloc(30 * 1024 * 1024));");
    await invoke({});
    await invoke({});
    await functions?.stop();
    const used = [...logged().matchAll(/Max Memory Used: (\d+) MB/g)].map((match) => Number(match[1]));
    expect(used[0]).toBeGreaterThan(30);
    expect(used[1]).toBeGreaterThan(60);
  });
});

describe("a host of AWS", () => {
  it("is answered here, below the libraries, where a name service would", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end("keys");
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    run(
      `const https = require("https");
       exports.handler = async () => {
         const url = "https://cognito-idp.us-east-1.amazonaws.com/pool-1/.well-known/jwks.json";
         const once = await new Promise((done, failed) => https.request(url, { method: "GET" }, (response) => {
           response.setEncoding("utf8").on("data", done);
         }).on("error", failed).end());
         return [once, await (await fetch("https://abc.execute-api.us-east-1.amazonaws.com/chat/x?y=1")).text()];
       };`,
      { endpoints: { dynamodb: address, apiGatewayManagement: address, cognitoIdp: address } },
    );
    expect(await invoke({})).toEqual({ is: "returned", payload: ["keys", "keys"] });
    expect(asked).toEqual(["GET /pool-1/.well-known/jwks.json", "GET /chat/x?y=1"]);
    await functions?.stop();
    await new Promise((done) => server.close(done));
  });

  it("fails at once, by name, when nothing here runs it", async () => {
    run(
      `const https = require("https");
       exports.handler = () => new Promise((done, failed) =>
         https.get("https://sns.us-east-1.amazonaws.com/", done).on("error", failed));`,
    );
    expect(await invoke({})).toMatchObject({
      errorMessage:
        "unable to reach sns.us-east-1.amazonaws.com from function chat-Echo; the local cloud does not run that service",
    });
  });
});
