// Between the functions and the tables' engine: what DynamoDB does and no engine does.
//
//   1  whose keys signed                     else UnrecognizedClientException
//   2  may that role do it                   else AccessDeniedException
//   3  weather: throttled, failed, conflict  nothing was done
//   4  1,000 write units a second a partition
//   5  the engine
//   6  what it cost, to the meter
//   7  weather: done, and answered with an error or not at all
//
// A function may be ended by the weather before 1 and after 6. Signatures are not verified.

import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { randomUUID } from "node:crypto";
import type { Clock } from "../clock";
import type { Caller } from "../functions/callers";
import { databaseUnits, type Units } from "./units";
import type { Meter } from "../meter/meter";
import { LOOPBACK } from "../server";
import { isRecord, type Json } from "../template/json";
import type { Weather } from "../weather/weather";
import {
  accessDenied,
  type Answer,
  conflict,
  FAILED,
  MISSING_TOKEN,
  NO_JSON,
  PARTITION_FULL,
  THROTTLED,
  UNKNOWN_OPERATION,
  UNKNOWN_TOKEN,
} from "./answers";
import { askWithUnits, withoutWhatWasAdded } from "./asked-for";
import { costs, writes } from "./call-kinds";
import { EngineLine } from "./engine-line";
import { type HttpMessage, HttpReader } from "./http-reader";
import { createPartitionLimit, type PartitionLimit } from "./partition-limit";
import { partitionOf, type PartitionKeys } from "./partitions";

export type DatabaseCall = {
  readonly caller: Caller;
  /** "PutItem" */
  readonly action: string;
  readonly input: Json;
};

export type Verdict = { readonly is: "allowed" } | { readonly is: "denied"; readonly message: string };

export type GateOptions = {
  /** Where the engine listens now. */
  readonly engine: () => string;
  readonly callerOf: (accessKeyId: string, sessionToken: string | undefined) => Caller | undefined;
  readonly authorize: (call: DatabaseCall) => Verdict;
  readonly weather: Weather;
  readonly meter: Meter;
  readonly clock: Clock;
  readonly partitionKeys: () => PartitionKeys;
  /** After a write that was done. */
  readonly onWrite: (table: string) => void;
};

export type Gate = { readonly endpoint: string; close(): Promise<void> };

export async function startGate(options: GateOptions): Promise<Gate> {
  const surroundings = { ...options, limit: createPartitionLimit(options.clock) };
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    serveLine(surroundings, socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, LOOPBACK, resolve);
  });
  return {
    endpoint: `http://${LOOPBACK}:${portOf(server)}`,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

type Surroundings = GateOptions & { readonly limit: PartitionLimit };

/** One request at a time on a line, as HTTP has it; what comes early waits. */
function serveLine(surroundings: Surroundings, socket: Socket): void {
  const reader = new HttpReader();
  const line = new EngineLine(surroundings.engine);
  let before: Promise<void> = Promise.resolve();
  socket.on("data", (chunk: Buffer) => {
    try {
      for (const message of reader.read(chunk))
        before = before
          .then(() => serve(surroundings, line, message))
          .then(
            (answer) => void (answer === "hang-up" ? socket.destroy() : socket.write(written(answer))),
            // The engine is gone, or is being started again: nobody can say what was done.
            () => void socket.destroy(),
          );
    } catch {
      socket.destroy();
    }
  });
  socket.on("error", () => socket.destroy());
  socket.once("close", () => line.close());
}

async function serve(
  surroundings: Surroundings,
  line: EngineLine,
  message: HttpMessage,
): Promise<Answer | "hang-up"> {
  const read = readCall(surroundings, message);
  if (read.is === "refused") return read.answer;
  const { call } = read;
  const { caller, action } = call;
  const { weather } = surroundings;
  const outside = {
    functionName: caller.functionName,
    action: `dynamodb:${action}`,
    call: caller.countCall(),
  };
  if (weather.crashes(outside, "before")) return crash(caller);

  const verdict = surroundings.authorize(call);
  if (verdict.is === "denied") return accessDenied(verdict.message);
  const fate = weather.database({ writes: writes(action) }).is;
  await pause(surroundings.clock, weather.databaseDelayMs());
  if (fate === "throttled") return THROTTLED;
  if (fate === "failed") return FAILED;
  if (fate === "conflict") return conflict(action, call.input);

  const partition = partitionOf(surroundings.partitionKeys(), action, call.input);
  if (partition !== undefined && !surroundings.limit.hasRoom(partition)) return PARTITION_FULL;
  const answer = await forward(surroundings, line, { call, message, partition });
  if (weather.crashes(outside, "after")) return crash(caller);
  if (fate === "hung-up") return "hang-up";
  return fate === "failed-after-applying" ? FAILED : answer;
}

type Read =
  { readonly is: "call"; readonly call: DatabaseCall } | { readonly is: "refused"; readonly answer: Answer };

function readCall(surroundings: Surroundings, { headers, body }: HttpMessage): Read {
  const refused = (answer: Answer): Read => ({ is: "refused", answer });
  const action = /^DynamoDB_20120810\.(\w+)$/.exec(headers["x-amz-target"] ?? "")?.[1];
  if (action === undefined) return refused(UNKNOWN_OPERATION);
  const key = /Credential=([^/,\s]+)\//.exec(headers["authorization"] ?? "")?.[1];
  if (key === undefined) return refused(MISSING_TOKEN);
  const caller = surroundings.callerOf(key, headers["x-amz-security-token"]);
  if (caller === undefined) return refused(UNKNOWN_TOKEN);
  const input = jsonIn(body);
  return input === undefined ? refused(NO_JSON) : { is: "call", call: { caller, action, input } };
}

type Forwarded = {
  readonly call: DatabaseCall;
  readonly message: HttpMessage;
  readonly partition: string | undefined;
};

async function forward(
  surroundings: Surroundings,
  line: EngineLine,
  { call, message, partition }: Forwarded,
): Promise<Answer> {
  const { action, input } = call;
  const asked = askWithUnits(action, input, message.body);
  const answered = await line.ask(requestTo(surroundings.engine(), message.headers, asked));
  const status = Number(answered.startLine.split(" ", 2)[1]);
  const output = costs(action) ? jsonIn(answered.body) : undefined;
  if (output === undefined) return { status, body: answered.body };
  const used = databaseUnits({ action, request: input, answer: { status, body: output } });
  for (const each of used) count(surroundings, call, partition, each);
  return { status, body: JSON.stringify(withoutWhatWasAdded(action, input, output)) };
}

function count(
  { meter, limit, onWrite }: Surroundings,
  { caller, action }: DatabaseCall,
  partition: string | undefined,
  used: Units,
): void {
  meter.database({ functionName: caller.functionName, cause: caller.cause(), action, ...used });
  if (partition !== undefined) limit.used(partition, used);
  if (used.writeUnits > 0 && !used.failed) onWrite(used.table);
}

function crash(caller: Caller): "hang-up" {
  caller.crash();
  return "hang-up";
}

const pause = async (clock: Clock, delayMs: number): Promise<void> => {
  if (delayMs > 0) await new Promise<void>((resolve) => clock.after(delayMs, resolve));
};

function requestTo(engine: string, headers: HttpMessage["headers"], body: string): string {
  const kept = ["x-amz-target", "x-amz-date", "authorization"].map(
    (name) => `${name}: ${headers[name] ?? ""}\r\n`,
  );
  return `POST / HTTP/1.1\r\nhost: ${engine.slice("http://".length)}\r\ncontent-type: application/x-amz-json-1.0\r\n${kept.join("")}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const written = ({ status, body }: Answer): string =>
  `HTTP/1.1 ${status} ${status === 200 ? "OK" : "Error"}\r\nContent-Type: application/x-amz-json-1.0\r\nx-amzn-RequestId: ${randomUUID()}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

function jsonIn(text: string): Json | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

// A server that listens on a port has an address with one.
const portOf = (server: Server): number => (server.address() as AddressInfo).port;
