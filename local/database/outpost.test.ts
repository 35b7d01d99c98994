import { Agent, type IncomingMessage, request } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DONE, KEY, PUT, stand, TOKEN, typeOf } from "./gate-fixture";
import { openOutpost } from "./outpost";

const agents: Agent[] = [];
afterEach(() => {
  for (const agent of agents.splice(0)) agent.destroy();
});

const ALWAYS = { is: "allowed", always: true } as const;

/** A gate, and an outpost of it. How calls reached the engine is told by who was asked to rule on them first. */
async function standBefore(...[answer, more]: Parameters<typeof stand>) {
  const ruled: string[] = [];
  const stood = await stand(answer, {
    authorize: ({ action }) => {
      ruled.push(action);
      return ALWAYS;
    },
    ...more,
  });
  const { gate, caller } = stood;
  const told: number[] = [];
  const outpost = openOutpost({
    setup: gate.outpost,
    keys: { accessKeyId: KEY, sessionToken: TOKEN },
    tell: (calls) => {
      told.push(calls.length);
      gate.passed(caller, calls);
    },
  });
  const agent = new Agent({ keepAlive: true });
  agents.push(agent);
  Object.assign(agent, { createConnection: outpost.connect });
  const send = (action: string, input: unknown, { key = KEY, timeoutMs = 0, chunked = false } = {}) =>
    new Promise<{ status: number; body: Record<string, unknown> }>((resolve, reject) => {
      const asked = request(
        {
          ...{ agent, method: "POST", host: "gate", timeout: timeoutMs },
          headers: {
            "x-amz-target": `DynamoDB_20120810.${action}`,
            authorization: `AWS4-HMAC-SHA256 Credential=${key}/20250101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
            "x-amz-security-token": TOKEN,
          },
        },
        (response) => {
          read(response).then(
            (text) => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as never }),
            reject,
          );
        },
      );
      asked.on("timeout", () => asked.destroy(new Error("timed out")));
      asked.on("error", reject);
      const text = typeof input === "string" ? input : JSON.stringify(input);
      if (chunked) asked.write(text.slice(0, 5));
      asked.end(chunked ? text.slice(5) : text);
    });
  return { ...stood, outpost, send, ruled, told };
}

async function read(response: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of response.setEncoding("utf8")) text += String(piece);
  return text;
}

/** By now the gate let a put by, and the passage is open. */
async function known(...given: Parameters<typeof standBefore>) {
  const stood = await standBefore(...given);
  await stood.send("PutItem", PUT);
  stood.meter.reset();
  stood.ruled.length = stood.heard.length = stood.written.length = 0;
  return stood;
}

describe("the gate's outpost in a function's thread", () => {
  it("asks the gate at the first call of a kind, and lets the next one by", async () => {
    const { send, ruled, heard, outpost, meter } = await standBefore();

    expect(await send("PutItem", PUT)).toEqual({ status: 200, body: {} });
    expect(ruled).toEqual(["PutItem"]);
    expect(await send("PutItem", PUT)).toEqual({ status: 200, body: {} });
    expect(ruled).toEqual(["PutItem"]);
    expect(heard).toHaveLength(2);
    expect(meter.snapshot().database).toMatchObject([{ calls: 1 }]);

    outpost.report();
    expect(ruled).toEqual(["PutItem", "PutItem"]);
    expect(meter.snapshot().database).toMatchObject([
      { functionName: "Frames", cause: "send", action: "PutItem", table: "Log", calls: 2, writeUnits: 2 },
    ]);
  });

  it("has the same answers and figures as the gate, of what goes well and of what fails", async () => {
    const answers: readonly { readonly status?: number; readonly body: unknown }[] = [
      {
        body: {
          ConsumedCapacity: { TableName: "Log", CapacityUnits: 2 },
          Attributes: { ConsumedCapacity: { S: "not ours" } },
        },
      },
      {
        body: {
          Attributes: { a: { S: '"ConsumedCapacity":{}' } },
          ConsumedCapacity: { CapacityUnits: 3, TableName: "Log" },
        },
      },
      { body: { Attributes: { ConsumedCapacity: { S: "an answer without units" } } } },
      {
        status: 400,
        body: { __type: "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException", Item: PUT.Item },
      },
      { status: 400, body: { __type: "com.amazon.coral.validate#ValidationException", message: "no" } },
      { status: 500, body: { __type: "com.amazonaws.dynamodb.v20120810#InternalServerError" } },
    ];
    for (const answer of answers) {
      let now: (typeof answers)[number] = { body: DONE.body };
      const { call, send, outpost, meter, written } = await known(() => now);
      now = answer;
      const put = { ...PUT, ConditionExpression: "attribute_not_exists(seq)" };
      const byGate = [await call("PutItem", put), meter.snapshot().database, [...written]];
      meter.reset();
      written.length = 0;
      const answered = await send("PutItem", put);
      outpost.report();
      expect([answered, meter.snapshot().database, [...written]]).toEqual(byGate);
    }
  });

  it("tells a write to whoever reads the stream", async () => {
    const { send, outpost, written } = await known();
    await send("PutItem", PUT);
    outpost.report();
    expect(written).toEqual(["Log"]);
  });

  it.each([
    ["another table", "PutItem", { ...PUT, TableName: "Inbox" }, {}],
    ["another operation", "DeleteItem", { TableName: "Log", Key: PUT.Item }, {}],
    ["an index", "PutItem", { ...PUT, IndexName: "byActivity" }, {}],
    ["many tables", "BatchWriteItem", { TableName: "Log", RequestItems: {} }, {}],
    ["other keys", "PutItem", PUT, { key: "ASIASTRANGER" }],
    ["no JSON", "PutItem", "{", {}],
  ])("leaves %s to the gate", async (_, action, input, how) => {
    const { send, heard, outpost, meter, told, call } = await known();
    const answer = await send(action, input, how);
    outpost.report();
    expect(told).toEqual([]);
    expect(answer).toEqual(await call(action, input, how));
    expect(meter.snapshot().database.reduce((sum, { calls }) => sum + calls, 0)).toBe(heard.length);
  });

  it("leaves to the gate what a condition of a policy looks at, and what is denied, each time", async () => {
    for (const verdict of [{ is: "allowed" }, { is: "denied", message: "not authorized" }] as const) {
      const ruled: string[] = [];
      const { send, told, outpost } = await standBefore(undefined, {
        authorize: ({ action }) => {
          ruled.push(action);
          return verdict;
        },
      });
      const answers = [await send("PutItem", PUT), await send("PutItem", PUT)];
      outpost.report();
      expect(ruled).toHaveLength(2);
      expect(told).toEqual([]);
      expect(answers.map(({ status }) => status)).toEqual(verdict.is === "denied" ? [400, 400] : [200, 200]);
    }
  });

  it("meets the weather that was set a moment ago, and none after it", async () => {
    const { send, weather, told, outpost } = await known();
    await send("PutItem", PUT);
    weather.set({ database: { throttle: 1 } });
    expect(typeOf(await send("PutItem", PUT))).toBe("ThrottlingException");
    weather.set({});
    expect((await send("PutItem", PUT)).status).toBe(200);
    outpost.report();
    expect(told).toEqual([2]);
  });

  it("is ended before its call where the weather says so", async () => {
    const { send, weather, crash, heard } = await known();
    weather.set({ functions: { crash: [{ function: "Frames", when: "before" }] } });
    await expect(send("PutItem", PUT)).rejects.toThrow("socket hang up");
    expect(crash).toHaveBeenCalledOnce();
    expect(heard).toEqual([]);
  });

  it("cannot use up a partition unseen", async () => {
    const { send, clock } = await known(() => ({
      body: { ConsumedCapacity: { TableName: "Log", CapacityUnits: 200 } },
    }));
    for (let n = 0; n < 4; n += 1) expect((await send("PutItem", PUT)).status).toBe(200);
    expect(typeOf(await send("PutItem", PUT))).toBe("ProvisionedThroughputExceededException");
    clock.turn(2_000);
    expect((await send("PutItem", PUT)).status).toBe(200);
  });

  it("tells of many calls before the event has ended", async () => {
    const { send, told } = await known();
    for (let n = 0; n < 25; n += 1) await send("PutItem", PUT);
    expect(told).toEqual([10, 10]);
  });

  it("hangs up while the engine is away, and serves the next call when it is back", async () => {
    const { send, engine } = await known();
    const { port } = engine.address() as { port: number };
    engine.closeAllConnections();
    await new Promise((closed) => engine.close(closed));
    await expect(send("PutItem", PUT)).rejects.toThrow("socket hang up");
    await new Promise<void>((listening) => engine.listen(port, "127.0.0.1", listening));
    expect((await send("PutItem", PUT)).status).toBe(200);
  });

  it("reads a body in pieces, and many calls at once", async () => {
    const { send, heard } = await known();
    const puts = Array.from({ length: 12 }, (_, n) => ({
      ...PUT,
      Item: { ...PUT.Item, seq: { N: `${n}` } },
    }));
    await Promise.all(puts.map((put, n) => send("PutItem", put, { chunked: n % 2 === 0 })));
    expect(heard.map(({ body }) => JSON.stringify(body["Item"])).sort()).toEqual(
      puts.map(({ Item }) => JSON.stringify(Item)).sort(),
    );
  });

  it("has the time-out of a socket", async () => {
    const { send, weather } = await known();
    weather.set({ database: { slow: { p: 1, ms: 60_000 } } });
    await expect(send("PutItem", PUT, { timeoutMs: 20 })).rejects.toThrow("timed out");
  });

  it("answers what was asked before the other side said that it was the last", async () => {
    const { outpost, gate } = await known();
    const socket = outpost.connect();
    const target = "x-amz-target: DynamoDB_20120810.DescribeTable";
    socket.end(
      `POST / HTTP/1.1\r\nhost: ${gate.endpoint.slice(7)}\r\n${target}\r\ncontent-length: 2\r\n\r\n{}`,
    );
    let text = "";
    for await (const piece of socket.setEncoding("utf8")) text += String(piece);
    expect(text).toContain("MissingAuthenticationTokenException");
  });

  it("breaks the line on what is no HTTP", async () => {
    const { outpost } = await known();
    const socket = outpost.connect();
    const failed = vi.fn();
    socket.on("error", failed).write("not a request\r\n\r\n");
    await vi.waitFor(() => expect(failed).toHaveBeenCalledOnce(), 60_000);
    expect(socket.destroyed).toBe(true);
  });
});
