// The inside of an environment: a thread that loads one function and runs one event at a time.
//
//   load ──▶ frozen ──delivery──▶ running ──settled──▶ frozen ──▶ …
//
// Frozen means stopped: the thread sleeps on the gate, in the middle of the very microtask that settled the
// handler, so that no timer, socket or un-awaited promise of the last event moves until the next delivery.

import { getHeapStatistics } from "node:v8";
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import type { Delivery, FunctionError, WorkerMessage, WorkerSetup } from "../messages";
import { contextOf } from "./context";
import { openOutpost } from "../../database/outpost";
import { functionError } from "./function-error";
import { answerHosts } from "./hosts";
import { type Handler, loadHandler } from "./load-handler";
import { sendPrinted } from "./log-lines";
import { lineByOutpost } from "./outpost-line";
import { moveDate } from "./thread-date";

/** Lambda's limit of an answer: 6 MB. */
const MOST_ANSWER_BYTES = 6 * 1024 * 1024;
const BYTES_A_MB = 1024 * 1024;

// The other end is `environment.ts`, which starts this thread with exactly this.
const { setup, deliveries } = workerData as { setup: WorkerSetup; deliveries: MessagePort };
const gate = new Int32Array(setup.gate);
const memoryUsed = new Int32Array(setup.memoryUsed);
let running: { readonly requestId: string; settle(answer: WorkerMessage): void } | undefined;

const send = (message: WorkerMessage): void => parentPort?.postMessage(message);

sendPrinted(
  (line) => send({ is: "log", line }),
  () => running?.requestId,
);
answerHosts(setup.hosts, setup.functionName);
if (setup.clockOffset !== undefined) moveDate(setup.clockOffset);
const outpost = placeOutpost();

process.on("unhandledRejection", (reason) => {
  const { errorMessage, trace } = functionError(reason);
  crash({ errorType: "Runtime.UnhandledPromiseRejection", errorMessage, trace });
});
process.on("uncaughtException", (thrown) => crash(functionError(thrown)));
// Nothing is left that could settle the promise: Lambda answers null. The immediate keeps the loop going, so that
// this is asked again after the next event.
process.on("beforeExit", () => {
  if (running !== undefined) setImmediate(() => running?.settle({ is: "returned", payload: "null" }));
});

function placeOutpost() {
  if (setup.outpost === undefined) return undefined;
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SESSION_TOKEN: sessionToken = "" } = process.env;
  const placed = openOutpost({
    setup: setup.outpost,
    keys: { accessKeyId, sessionToken },
    tell: (calls) => send({ is: "passed", calls }),
  });
  lineByOutpost(setup.outpost.gate, placed);
  return placed;
}

/** The environment is lost, as on AWS, where the runtime exits. */
function crash(error: FunctionError): void {
  send({ is: "crashed", error });
  process.exit(1);
}

function nextDelivery(): Delivery {
  for (;;) {
    const seen = Atomics.load(gate, 0);
    const received: { message: Delivery } | undefined = receiveMessageOnPort(deliveries);
    if (received !== undefined) return received.message;
    Atomics.wait(gate, 0, seen);
  }
}

function run(handler: Handler, delivery: Delivery): Promise<WorkerMessage> {
  return new Promise((settle) => {
    running = { requestId: delivery.requestId, settle };
    const fail = (thrown: unknown) => settle({ is: "failed", error: functionError(thrown) });
    const done = (value: unknown) => settle(answerOf(value));
    const callback = (error: unknown, value: unknown) => (error ? fail(error) : done(value));
    try {
      const result = handler(JSON.parse(delivery.event), contextOf(setup, delivery), callback);
      if (isThenable(result)) result.then(done, fail);
      else if (handler.length < 3) done(result);
    } catch (thrown) {
      fail(thrown);
    }
  });
}

function answerOf(value: unknown): WorkerMessage {
  try {
    const payload = JSON.stringify(value) ?? "null";
    const size = Buffer.byteLength(payload);
    if (size <= MOST_ANSWER_BYTES) return { is: "returned", payload };
    const errorMessage = `Response payload size (${size} bytes) exceeded maximum allowed payload size (${MOST_ANSWER_BYTES} bytes).`;
    return {
      is: "failed",
      error: { errorType: "Function.ResponseSizeTooLarge", errorMessage, trace: [] },
    };
  } catch (thrown) {
    return { is: "failed", error: { ...functionError(thrown), errorType: "Runtime.MarshalError" } };
  }
}

/** One to three microseconds; `process.memoryUsage()` takes twenty, and tells of all threads together. */
function noteMemory(): void {
  const { total_heap_size, external_memory } = getHeapStatistics();
  const usedMb = Math.ceil((total_heap_size + external_memory) / BYTES_A_MB);
  if (usedMb > Atomics.load(memoryUsed, 0)) Atomics.store(memoryUsed, 0, usedMb);
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === "object" && value !== null && typeof Reflect.get(value, "then") === "function";

async function main(): Promise<void> {
  const handler = await loadHandler(setup.directory, setup.handler, process.env["AWS_EXECUTION_ENV"]);
  noteMemory();
  send({ is: "ready" });
  for (;;) {
    const answer = await run(handler, nextDelivery());
    running = undefined;
    outpost?.report();
    noteMemory();
    send(answer);
  }
}

main().catch((thrown: unknown) => crash(functionError(thrown)));
