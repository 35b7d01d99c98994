// The tables' gate and its outpost in a real thread.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { PUT, stand } from "../database/gate-fixture";
import { wallClock } from "../wall-clock";
import { createFunctions, type LocalFunctions } from "./functions";

const ARN = "arn:aws:lambda:us-east-1:000000000000:function:chat-Echo";
/** Puts as often as the event says, by whatever opens the line. */
const CODE = `
const http = require("node:http");
const agent = new http.Agent({ keepAlive: true });
const { AWS_ACCESS_KEY_ID: key, AWS_SESSION_TOKEN: token, AWS_ENDPOINT_URL_DYNAMODB: tables } = process.env;
const headers = {
  "x-amz-target": "DynamoDB_20120810.PutItem",
  authorization: \`AWS4-HMAC-SHA256 Credential=\${key}/20250101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0\`,
  "x-amz-security-token": token,
};
const put = (body) => new Promise((resolve, reject) => {
  const request = http.request(tables, { method: "POST", headers, agent }, (response) => {
    response.resume().on("end", () => resolve(response.statusCode));
  });
  request.on("error", reject).end(body);
});
const fetched = async (body) => (await fetch(tables, { method: "POST", headers, body })).status;
exports.handler = async ({ times, by, thenNothing, thenEnd }) => {
  const statuses = [];
  for (let n = 0; n < times; n += 1) statuses.push(await (by === "fetch" ? fetched : put)(${JSON.stringify(JSON.stringify(PUT))}));
  if (thenNothing) await new Promise(() => {});
  if (thenEnd) process.exit(1);
  return statuses;
};`;

let directory: string | undefined;
let functions: LocalFunctions | undefined;
afterEach(async () => {
  await functions?.stop();
  if (directory) rmSync(directory, { recursive: true, force: true });
});

async function run() {
  const ruled: string[] = [];
  const { gate, meter, written } = await stand(undefined, {
    callerOf: (key, token) => functions?.caller(key, token),
    authorize: ({ action }) => {
      ruled.push(action);
      return { is: "allowed", always: true };
    },
  });
  directory = mkdtempSync(join(tmpdir(), "outpost-"));
  writeFileSync(join(directory, "index.js"), CODE);
  const here = directory;
  functions = createFunctions({
    resources: [
      {
        id: "chat1A2B/EchoFunction3C4D5E6F",
        type: "AWS::Lambda::Function",
        properties: {
          ...{ Handler: "index.handler", Runtime: "nodejs22.x", Timeout: 5 },
          Role: "arn:aws:iam::000000000000:role/EchoRole",
        },
      },
    ],
    ...{ assetDirectory: () => here, nameOf: () => "chat-Echo", region: "us-east-1", clock: wallClock, gate },
    endpoints: {
      dynamodb: gate.endpoint,
      apiGatewayManagement: "http://localhost:1",
      cognitoIdp: "http://localhost:1",
    },
    logsDir: join(here, "logs"),
  });
  const { invoke } = functions;
  const calls = () => meter.snapshot().database.map((each) => each.calls);
  return { invoke: (event: unknown) => invoke(ARN, event, "send"), ruled, calls, written, meter };
}

it("lets a function's calls by, and has told of them when the function has answered", async () => {
  const { invoke, ruled, calls, meter, written } = await run();
  expect(await invoke({ times: 3 })).toEqual({ is: "returned", payload: [200, 200, 200] });
  expect(ruled).toHaveLength(3);
  expect(calls()).toEqual([3]);
  expect(written).toHaveLength(3);
  expect(meter.snapshot().database).toMatchObject([{ functionName: "chat-Echo", cause: "send" }]);
});

it("lets what opens its lines in another way reach the gate", async () => {
  const { invoke, calls } = await run();
  expect(await invoke({ times: 2, by: "fetch" })).toEqual({ is: "returned", payload: [200, 200] });
  expect(calls()).toEqual([2]);
});

it("keeps no function waiting that has nothing left to wait for", async () => {
  const { invoke } = await run();
  expect(await invoke({ times: 2, thenNothing: true })).toEqual({ is: "returned", payload: null });
});

it("has the streams read where a function ended before it told of its writes", async () => {
  const { invoke, written } = await run();
  await invoke({ times: 1 });
  written.length = 0;
  expect(await invoke({ times: 1, thenEnd: true })).toMatchObject({ is: "failed" });
  await vi.waitFor(() => expect(written).toEqual(["Log"]), 60_000);
});
