// A gate in front of an engine that answers what a test says.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished, vi } from "vitest";
import type { Caller } from "../functions/callers";
import { createMeter } from "../meter/create-meter";
import { turnableClock } from "../turnable-clock";
import { createWeather } from "../weather/weather";
import { type GateOptions, startGate } from "./gate";

type Heard = { readonly action: string; readonly body: Record<string, unknown> };
type EngineAnswer = { readonly status?: number; readonly body: unknown };

export const KEY = "ASIAFRAMES";
export const TOKEN = "token-of-one-environment";
export const DONE: EngineAnswer = {
  body: { ConsumedCapacity: { TableName: "Log", CapacityUnits: 1, Table: { CapacityUnits: 1 } } },
};
export const PUT = { TableName: "Log", Item: { conversation: { S: "d.a.b" }, seq: { N: "1" } } };

export async function stand(
  answer: (heard: Heard) => EngineAnswer = () => DONE,
  more: Partial<GateOptions> = {},
) {
  const heard: Heard[] = [];
  const engine = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (piece: string) => (text += piece));
    request.on("end", () => {
      const action = String(request.headers["x-amz-target"]).replace(/^.*\./, "");
      const asked = { action, body: JSON.parse(text) as Record<string, unknown> };
      heard.push(asked);
      const { status = 200, body } = answer(asked);
      response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((listening) => engine.listen(0, "127.0.0.1", listening));
  const engineAddress = `http://127.0.0.1:${(engine.address() as AddressInfo).port}`;
  const clock = turnableClock();
  const weather = createWeather();
  const meter = createMeter();
  const crash = vi.fn();
  const written: string[] = [];
  let calls = 0;
  const caller: Caller = {
    ...{ functionName: "Frames", accessKeyId: KEY, crash },
    cause: () => "send",
    countCall: () => ++calls,
  };
  const gate = await startGate({
    ...{ weather, meter, clock },
    engine: () => engineAddress,
    callerOf: (key, token) => (key === KEY && token === TOKEN ? caller : undefined),
    authorize: () => ({ is: "allowed" }),
    partitionKeys: () => new Map([["Log", "conversation"]]),
    onWrite: (table) => written.push(table),
    ...more,
  });
  onTestFinished(async () => {
    await gate.close();
    engine.closeAllConnections();
    engine.close();
  });
  const call = async (action: string, input: unknown, { key = KEY, token = TOKEN } = {}) => {
    const response = await fetch(gate.endpoint, {
      method: "POST",
      headers: {
        "x-amz-target": `DynamoDB_20120810.${action}`,
        authorization: `AWS4-HMAC-SHA256 Credential=${key}/20250101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
        "x-amz-security-token": token,
      },
      body: typeof input === "string" ? input : JSON.stringify(input),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return { call, heard, clock, weather, meter, crash, written, engine, gate, caller };
}

export const typeOf = ({ body }: { readonly body: Record<string, unknown> }) =>
  String(body["__type"]).replace(/^.*#/, "");
