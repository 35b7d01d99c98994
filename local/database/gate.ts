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
// A function may be ended by the weather before 1 and after 6. Signatures are not verified. Calls that are known to come
// through 1 to 4 are let by at an outpost in the function's thread, and counted here afterwards: outpost.ts.

import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import type { Clock } from "../clock";
import type { Caller } from "../functions/callers";
import type { Units } from "./units";
import type { Meter } from "../meter/meter";
import { LOOPBACK } from "../server";
import type { Json } from "../template/json";
import type { Weather } from "../weather/weather";
import { accessDenied, conflict, FAILED, PARTITION_FULL, THROTTLED, UNKNOWN_TOKEN } from "./answers";
import { askEngine } from "./ask-engine";
import { writes } from "./call-kinds";
import { EngineLine } from "./engine-line";
import { type HttpMessage, HttpReader } from "./http-reader";
import { ASKS, MAY_PASS, type OutpostSetup, type PassedCall } from "./outpost";
import { createPartitionLimit, type PartitionLimit } from "./partition-limit";
import { partitionsOf, type PartitionKeys } from "./partitions";
import { readCall } from "./read-call";
import { written } from "./http-answer";

export type DatabaseCall = {
  readonly caller: Caller;
  /** "PutItem" */
  readonly action: string;
  readonly input: Json;
};

export type Verdict =
  /** `always`: so is every call of that action on that table or index, whatever it holds. */
  { readonly is: "allowed"; readonly always?: true } | { readonly is: "denied"; readonly message: string };

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

export type Gate = {
  readonly endpoint: string;
  /** For one in each function's thread. */
  readonly outpost: OutpostSetup;
  /** Calls that an outpost let by are ruled and counted as if they had come here. */
  passed(caller: Caller, calls: readonly PassedCall[]): void;
  /** An outpost has ended, and what it did not tell any more may have been a write. */
  lost(): void;
  close(): Promise<void>;
};

export async function startGate(options: GateOptions): Promise<Gate> {
  const limit = createPartitionLimit(options.clock);
  const passage = new SharedArrayBuffer(4);
  const word = new Int32Array(passage);
  const surroundings: Surroundings = {
    ...{ ...options, limit },
    tend: () => void Atomics.store(word, 0, options.weather.sparesTables() && !limit.isNear() ? 1 : 0),
  };
  options.weather.follow(surroundings.tend);
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
  const endpoint = `http://${LOOPBACK}:${portOf(server)}`;
  return {
    endpoint,
    outpost: { gate: endpoint, engine: options.engine(), passage, partitionKeys: options.partitionKeys() },
    passed: (caller, calls) => {
      for (const { action, input, partitions, used } of calls) {
        caller.countCall();
        options.authorize({ caller, action, input });
        for (const each of used) count(surroundings, { caller, action, input }, partitions, each);
      }
      surroundings.tend();
    },
    lost: () => {
      for (const table of options.partitionKeys().keys()) options.onWrite(table);
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

type Surroundings = GateOptions & {
  readonly limit: PartitionLimit;
  /** Opens or closes the passage for the outposts. */
  readonly tend: () => void;
};

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
            (answer) => void (answer === "hang-up" ? socket.destroy() : socket.write(answer)),
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
): Promise<string | "hang-up"> {
  const read = readCall(message);
  if (read.is === "refused") return written(read.answer);
  const { action, input, accessKeyId, sessionToken } = read;
  const caller = surroundings.callerOf(accessKeyId, sessionToken);
  if (caller === undefined) return written(UNKNOWN_TOKEN);
  const call = { caller, action, input };
  const { weather } = surroundings;
  const outside = {
    functionName: caller.functionName,
    action: `dynamodb:${action}`,
    call: caller.countCall(),
  };
  if (weather.crashes(outside, "before")) return crash(caller);

  const verdict = surroundings.authorize(call);
  if (verdict.is === "denied") return written(accessDenied(verdict.message));
  const fate = weather.database({ writes: writes(action) }).is;
  await pause(surroundings.clock, weather.databaseDelayMs());
  if (fate === "throttled") return written(THROTTLED);
  if (fate === "failed") return written(FAILED);
  if (fate === "conflict") return written(conflict(action, input));

  const partitions = partitionsOf(surroundings.partitionKeys(), action, input);
  const to = writes(action) ? "write" : "read";
  if (partitions.some((partition) => !surroundings.limit.hasRoom(partition, to)))
    return written(PARTITION_FULL);
  const { answer, used } = await askEngine(line, surroundings.engine(), { action, input, message });
  for (const each of used) count(surroundings, call, partitions, each);
  surroundings.tend();
  if (weather.crashes(outside, "after")) return crash(caller);
  if (fate === "hung-up") return "hang-up";
  if (fate === "failed-after-applying") return written(FAILED);
  const mayPass = verdict.always === true && message.headers[ASKS] !== undefined;
  return written(answer, undefined, mayPass ? { [MAY_PASS]: "1" } : {});
}

function count(
  { meter, limit, onWrite }: Surroundings,
  { caller, action }: DatabaseCall,
  partitions: readonly string[],
  used: Units,
): void {
  meter.database({ functionName: caller.functionName, cause: caller.cause(), action, ...used });
  // The engine says what a table took: of each of its items it is taken to be as much as of the others.
  const own = partitions.filter((partition) => partition.startsWith(`${used.table}/`));
  const [readUnits, writeUnits] = [used.readUnits / own.length, used.writeUnits / own.length];
  for (const partition of own) limit.used(partition, { readUnits, writeUnits });
  if (used.writeUnits > 0 && !used.failed) onWrite(used.table);
}

function crash(caller: Caller): "hang-up" {
  caller.crash();
  return "hang-up";
}

const pause = async (clock: Clock, delayMs: number): Promise<void> => {
  if (delayMs > 0) await new Promise<void>((resolve) => clock.after(delayMs, resolve));
};

// A server that listens on a port has an address with one.
const portOf = (server: Server): number => (server.address() as AddressInfo).port;
